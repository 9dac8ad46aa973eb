package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
)

// decodedDoc is an output line of "judge decode": a value or an error.
type decodedDoc struct {
	File string          `json:"file"`
	Doc  int             `json:"doc"`
	JSON json.RawMessage `json:"json,omitempty"`
	Err  string          `json:"error,omitempty"`
}

// brokenText is what "judge decode --nul" prints for a text that cannot be
// decoded as a whole, with the index of its first wrong document.
type brokenText struct {
	Doc int    `json:"doc"`
	Err string `json:"error"`
}

// decodeFiles prints every document of the named files.
func decodeFiles(names []string, stdin io.Reader, out *json.Encoder) error {
	for _, name := range names {
		text, err := readInput(name, stdin)
		if err != nil {
			return err
		}
		index := 0
		for doc, err := range documents(text) {
			line := decodedDoc{File: name, Doc: index, JSON: doc}
			if err != nil {
				line.Err = err.Error()
			}
			if err := out.Encode(line); err != nil {
				return err
			}
			index++
		}
	}
	return nil
}

// decodeTexts answers every NUL-terminated text with one line, an array of its
// documents or a brokenText. Answers are flushed before it waits for input, so
// that a caller may keep the process and ask again. The last NUL may be missing.
func decodeTexts(stdin io.Reader, out *bufio.Writer) error {
	in := bufio.NewReader(stdin)
	printer := newPrinter(out)
	for {
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
		text, err := in.ReadBytes(0)
		atEnd := errors.Is(err, io.EOF)
		if err != nil && !atEnd {
			return err
		}
		if atEnd && len(text) == 0 {
			return nil
		}
		if !atEnd {
			text = text[:len(text)-1]
		}
		if err := printer.Encode(decodeText(text)); err != nil || atEnd {
			return err
		}
	}
}

// decodeText returns the documents of one text, or a brokenText.
func decodeText(text []byte) any {
	docs := []json.RawMessage{}
	for doc, err := range documents(text) {
		if err != nil {
			return brokenText{Doc: len(docs), Err: err.Error()}
		}
		docs = append(docs, doc)
	}
	return docs
}
