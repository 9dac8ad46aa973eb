package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"k8s.io/pod-security-admission/policy"
)

const restrictedPod = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  securityContext:
    runAsNonRoot: true
    seccompProfile: {type: RuntimeDefault}
  containers:
  - name: web
    image: nginx
    securityContext:
      allowPrivilegeEscalation: false
      capabilities: {drop: [ALL]}
`

// indent moves a block to the right, to nest one manifest in another.
func indent(by int, text string) string {
	return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n"+strings.Repeat(" ", by))
}

// podSpec is the spec of restrictedPod.
var podSpec = restrictedPod[strings.Index(restrictedPod, "\n  securityContext"):]

func TestPSA(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"restricted pod", restrictedPod, []string{"0/-1 Pod shop/web restricted"}},
		{
			"no security context", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}",
			[]string{"0/-1 Pod /a baseline allowPrivilegeEscalation capabilities_restricted runAsNonRoot seccompProfile_restricted"},
		},
		{
			"Windows needs no Linux fields", "apiVersion: v1\nkind: Pod\nmetadata: {name: win}\n" +
				"spec: {os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a}]}",
			[]string{"0/-1 Pod /win restricted"},
		},
		{
			"Windows by node selector does", "apiVersion: v1\nkind: Pod\nmetadata: {name: win}\n" +
				"spec: {nodeSelector: {kubernetes.io/os: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a}]}",
			[]string{"0/-1 Pod /win baseline allowPrivilegeEscalation capabilities_restricted seccompProfile_restricted"},
		},
		{
			"host network", restrictedPod + "  hostNetwork: true\n",
			[]string{"0/-1 Pod shop/web privileged hostNamespaces"},
		},
		{
			"safe sysctl",
			strings.Replace(restrictedPod, "    runAsNonRoot: true",
				"    sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: \"0\"}]\n    runAsNonRoot: true", 1),
			[]string{"0/-1 Pod shop/web restricted"},
		},
		{
			"unsafe sysctl",
			strings.Replace(restrictedPod, "    runAsNonRoot: true",
				"    sysctls: [{name: kernel.msgmax, value: \"65536\"}]\n    runAsNonRoot: true", 1),
			[]string{"0/-1 Pod shop/web privileged sysctls"},
		},
		{
			"sysctl of Kubernetes 1.37",
			strings.Replace(restrictedPod, "    runAsNonRoot: true",
				"    sysctls: [{name: net.ipv4.tcp_notsent_lowat, value: \"1\"}]\n    runAsNonRoot: true", 1),
			[]string{"0/-1 Pod shop/web privileged sysctls"},
		},
		{"volume without a source", restrictedPod + "  volumes: [{name: tmp}]\n", []string{"0/-1 Pod shop/web restricted"}},
		{
			"volume of the node", restrictedPod + "  volumes: [{name: log, hostPath: {path: /var/log}}]\n",
			[]string{"0/-1 Pod shop/web privileged restrictedVolumes | hostPathVolumes"},
		},
		{
			"Windows with a capability is restricted, not baseline", "apiVersion: v1\nkind: Pod\nmetadata: {name: win}\n" +
				"spec: {os: {name: windows}, securityContext: {runAsNonRoot: true}, " +
				"containers: [{name: a, securityContext: {capabilities: {add: [SYS_ADMIN]}}}]}",
			[]string{"0/-1 Pod /win restricted | capabilities_baseline"},
		},
		{
			"drop of all in small letters", strings.Replace(restrictedPod, "[ALL]", "[all]", 1),
			[]string{"0/-1 Pod shop/web baseline capabilities_restricted"},
		},
		{
			"an ephemeral container counts", restrictedPod + "  ephemeralContainers: [{name: debug, image: busybox}]\n",
			[]string{"0/-1 Pod shop/web baseline allowPrivilegeEscalation capabilities_restricted"},
		},
		{
			"annotations of the template",
			"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    metadata:\n      annotations:\n" +
				"        container.apparmor.security.beta.kubernetes.io/web: unconfined\n    spec:" + indent(4, podSpec),
			[]string{"0/-1 Deployment /a privileged appArmorProfile"},
		},
		{
			"unknown fields, last key wins",
			restrictedPod + "  hostNetwork: true\n  hostnetwork: true\n  color: red\n  hostNetwork: false\n",
			[]string{"0/-1 Pod shop/web restricted"},
		},
		{"other kinds", "apiVersion: v1\nkind: Service\nspec: 5\n---\nimage: nginx\n---\n- kind: Pod\n", nil},
		{"unknown group", "apiVersion: apps.kruise.io/v1beta1\nkind: StatefulSet\nspec: {template: {}}", nil},
		{
			"errors do not hide what follows",
			"# only a comment\n---\na: {{ .Values.b }}\n---\napiVersion: v1\nkind: Pod\nspec: {hostNetwork: \"true\"}\n---" + restrictedPod,
			[]string{"1 error", "2 error", "3/-1 Pod shop/web restricted"},
		},
		{
			"list", "apiVersion: v1\nkind: List\nitems:\n- kind: Service\n- {apiVersion: v1, kind: Pod, spec: {hostNetwork: yes}}\n" +
				"- {apiVersion: v1, kind: Pod, spec: {hostNetwork: 1}}\n- " + indent(2, restrictedPod[1:]),
			[]string{"0/1 Pod / privileged hostNamespaces", "0/2 error", "0/3 Pod shop/web restricted"},
		},
		{
			"typed list", "apiVersion: v1\nkind: PodList\nitems:\n- " + indent(2, strings.SplitN(restrictedPod, "\n", 4)[3]),
			[]string{"0/0 Pod shop/web restricted"},
		},
		{
			"JSON stream", `{"apiVersion":"v1","kind":"Pod","spec":{"hostPID":true,"os":{"name":"windows"},
				"securityContext":{"runAsNonRoot":true}}} {"apiVersion":"v1","kind":"Pod","spec":{"os":{"name":"windows"},
				"securityContext":{"runAsNonRoot":true}}}`,
			[]string{"0/-1 Pod / privileged hostNamespaces", "1/-1 Pod / restricted"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := judgeText(t, test.text); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestPSAKinds(t *testing.T) {
	apis := map[string]string{
		"v1":                 "PodTemplate ReplicationController",
		"apps/v1":            "Deployment ReplicaSet StatefulSet DaemonSet",
		"apps/v1beta1":       "Deployment StatefulSet",
		"apps/v1beta2":       "Deployment ReplicaSet StatefulSet DaemonSet",
		"extensions/v1beta1": "Deployment ReplicaSet DaemonSet",
		"batch/v1":           "Job CronJob",
		"batch/v1beta1":      "CronJob",
	}
	for version, kinds := range apis {
		for kind := range strings.FieldsSeq(kinds) {
			text := "\ntemplate:\n  spec:" + indent(2, podSpec)
			switch kind {
			case "CronJob":
				text = "\nspec:\n  jobTemplate:\n    spec:" + indent(6, text)
			case "PodTemplate":
			default:
				text = "\nspec:" + indent(2, text)
			}
			text = "apiVersion: " + version + "\nkind: " + kind + text
			want := []string{"0/-1 " + kind + " / restricted"}
			if got := judgeText(t, text); !slices.Equal(got, want) {
				t.Errorf("%s %s: got %q\n%s", version, kind, got, text)
			}
		}
	}
}

// judgeText shortens the verdicts on a manifest to one string each.
func judgeText(t *testing.T, text string) []string {
	t.Helper()
	judge, err := newJudge()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, line := range judge.file("-", []byte(text)) {
		switch line := line.(type) {
		case undecodable:
			position, _ := json.Marshal(line.Doc)
			if line.Item != nil {
				item, _ := json.Marshal(line.Item)
				position = append(append(position, '/'), item...)
			}
			got = append(got, string(position)+" error")
		case verdict:
			position, _ := json.Marshal([]int{line.Doc, line.Item})
			words := []string{
				strings.ReplaceAll(strings.Trim(string(position), "[]"), ",", "/"),
				line.Kind, line.Namespace + "/" + line.Name, string(line.Level),
			}
			known := map[policy.CheckID]bool{}
			for _, violation := range line.Violations {
				known[violation.ID] = true
				words = append(words, string(violation.ID))
			}
			separator := "|" // Before those of the baseline level alone.
			for _, violation := range line.Baseline {
				if known[violation.ID] {
					continue
				}
				if separator != "" {
					words = append(words, separator)
					separator = ""
				}
				words = append(words, string(violation.ID))
			}
			got = append(got, strings.Join(words, " "))
		}
	}
	return got
}
