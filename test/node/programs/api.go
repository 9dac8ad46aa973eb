package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

const account = "/var/run/secrets/kubernetes.io/serviceaccount/"

// api asks the API server as a client in a pod does: with the token and the certificate that are mounted.
func api(method, path string, body any) (int, map[string]any, error) {
	token, err := os.ReadFile(account + "token")
	if err != nil {
		return 0, nil, err
	}
	certificate, err := os.ReadFile(account + "ca.crt")
	if err != nil {
		return 0, nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(certificate)
	client := http.Client{
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}},
		Timeout:   10 * time.Second,
	}
	content, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	host := net.JoinHostPort(os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT"))
	question, err := http.NewRequest(method, "https://"+host+path, bytes.NewReader(content))
	if err != nil {
		return 0, nil, err
	}
	question.Header.Set("Authorization", "Bearer "+string(token))
	question.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(question)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, nil, err
	}
	var value map[string]any
	if err := json.Unmarshal(text, &value); err != nil {
		return 0, nil, fmt.Errorf("%d: %s", answer.StatusCode, text)
	}
	return answer.StatusCode, value, nil
}

func namespace() string {
	name, err := os.ReadFile(account + "namespace")
	if err != nil {
		return os.Getenv("POD_NAMESPACE")
	}
	return string(name)
}

// client lists the objects of its namespace of group=api/v1 and kind=configmaps, or of others, every second and says how many there are on
// listen=ADDRESS.
func client(arguments []string) error {
	kind := option(arguments, "kind", "configmaps")
	path := "/" + option(arguments, "group", "api/v1") + "/namespaces/" + namespace() + "/" + kind
	failure := make(chan error)
	count := make(chan int, 1)
	count <- 0
	go func() {
		for ; ; time.Sleep(time.Second) {
			status, value, err := api(http.MethodGet, path, nil)
			if err == nil && status != http.StatusOK {
				err = fmt.Errorf("the API server answers %d: %v", status, value["message"])
			}
			if err != nil {
				failure <- err
				return
			}
			items, _ := value["items"].([]any)
			<-count
			count <- len(items)
		}
	}()
	go func() {
		failure <- http.ListenAndServe(option(arguments, "listen", ":8080"), http.HandlerFunc(
			func(answer http.ResponseWriter, _ *http.Request) {
				seen := <-count
				count <- seen
				fmt.Fprintln(answer, kind+":", seen)
			}))
	}()
	return <-failure
}

// leader takes the Lease name=NAME of its namespace and holds it, as an operator with leader election does.
func leader(arguments []string) error {
	name := option(arguments, "name", "leader")
	path := "/apis/coordination.k8s.io/v1/namespaces/" + namespace() + "/leases"
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	lease := map[string]any{
		"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": map[string]any{"name": name},
		"spec": map[string]any{"holderIdentity": host, "leaseDurationSeconds": 15},
	}
	status, value, err := api(http.MethodPost, path, lease)
	if err != nil {
		return err
	}
	if status != http.StatusCreated && status != http.StatusConflict {
		return fmt.Errorf("the lease is refused: %d %v", status, value["message"])
	}
	fmt.Println("leading")
	return pause(nil)
}
