// Command netpol-judge says what independent libraries make of
// NetworkPolicies, as a reference for the tests of kharden.
//
//	netpol-judge connections   by cyclonus, whether policies allow connections
//	netpol-judge selectors     by the library of Kubernetes, which labels a
//	                           label selector selects
//
// Each line of standard input is a question, each line of standard output its
// answers: an array of booleans, or a string that tells what is wrong.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// errUsage makes the program exit with status 2.
var errUsage = errors.New("usage: netpol-judge connections|selectors")

func main() {
	out := bufio.NewWriter(os.Stdout)
	err := run(os.Args[1:], os.Stdin, out)
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, err)
	if errors.Is(err, errUsage) {
		os.Exit(2)
	}
	os.Exit(1)
}

// run answers every line of stdin.
func run(args []string, stdin io.Reader, out io.Writer) error {
	answers := map[string]func([]byte) ([]bool, error){"connections": connections, "selectors": selectors}
	if len(args) != 1 || answers[args[0]] == nil {
		return errUsage
	}
	in := bufio.NewReader(stdin)
	printer := json.NewEncoder(out)
	for {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err := printer.Encode(answer(answers[args[0]], line)); err != nil {
			return err
		}
	}
}

// answer turns an error, and a panic of a library, into a string.
func answer(ask func([]byte) ([]bool, error), line []byte) (result any) {
	defer func() {
		if reason := recover(); reason != nil {
			result = fmt.Sprint(reason)
		}
	}()
	allowed, err := ask(line)
	if err != nil {
		return err.Error()
	}
	return allowed
}

// decode refuses what the type does not know.
func decode(line []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// selectors answers {"selector": {}, "labels": [{}]}.
func selectors(line []byte) ([]bool, error) {
	var question struct {
		Selector metav1.LabelSelector `json:"selector"`
		Labels   []labels.Set         `json:"labels"`
	}
	if err := decode(line, &question); err != nil {
		return nil, err
	}
	selector, err := metav1.LabelSelectorAsSelector(&question.Selector)
	if err != nil {
		return nil, err
	}
	selected := []bool{}
	for _, set := range question.Labels {
		selected = append(selected, selector.Matches(set))
	}
	return selected, nil
}
