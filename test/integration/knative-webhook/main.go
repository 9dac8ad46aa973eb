// Command knative-webhook says what the webhook of Knative Serving, with the
// features that are on by default, has against Services and Configurations:
//
//	knative-webhook < OBJECTS
//
// It reads one JSON object per line and prints a JSON text for each, empty when
// the webhook takes the object. Like the webhook it sets defaults first.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"knative.dev/pkg/apis"
	v1 "knative.dev/serving/pkg/apis/serving/v1"
)

// resource is what the webhook asks of an object.
type resource interface {
	apis.Defaultable
	apis.Validatable
}

const longestLine = 16 << 20

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		if err := out.Encode(objection(lines.Bytes())); err != nil {
			fail(err)
		}
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// objection returns why the webhook refuses to create an object, or nothing.
func objection(text []byte) string {
	var head struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return err.Error()
	}
	var object resource
	switch head.Kind {
	case "Service":
		object = &v1.Service{}
	case "Configuration":
		object = &v1.Configuration{}
	default:
		return "no kind with a pod template: " + head.Kind
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(object); err != nil {
		return err.Error()
	}
	ctx := apis.WithinCreate(context.Background())
	object.SetDefaults(ctx)
	// Warnings are no refusal.
	if err := object.Validate(ctx).Filter(apis.ErrorLevel); err != nil {
		return err.Error()
	}
	return ""
}
