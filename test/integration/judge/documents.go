package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"

	"k8s.io/apimachinery/pkg/runtime"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// lookAhead is how far kubectl looks to tell a JSON stream from a YAML stream.
const lookAhead = 4096

// documents yields the documents of a manifest as JSON, split and decoded as
// kubectl does it: JSON when the text begins with "{", YAML otherwise or when
// that fails; the last of several equal keys wins. A chunk of comments or blank
// lines between two separators is a null document; nothing at all between them
// is none.
//
// kubectl stops at the first error. Here the documents after it follow, unless
// the text is JSON, in which the end of a broken value is not known.
func documents(text []byte) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		isJSON := yaml.IsJSONBuffer(text[:min(len(text), lookAhead)])
		decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), lookAhead)
		for {
			var raw runtime.RawExtension
			err := decoder.Decode(&raw)
			if errors.Is(err, io.EOF) {
				return
			}
			var doc json.RawMessage
			if err == nil {
				doc, err = canonical(raw.Raw)
			}
			if !yield(doc, err) || err != nil && isJSON {
				return
			}
		}
	}
}

// canonical prints JSON anew as kubectl holds it in memory, which leaves of
// equal keys only the last one.
func canonical(raw []byte) (json.RawMessage, error) {
	if len(raw) == 0 {
		return json.RawMessage("null"), nil
	}
	var value any
	if err := utiljson.Unmarshal(raw, &value); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	if err := newPrinter(&buf).Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(buf.Bytes()), nil
}
