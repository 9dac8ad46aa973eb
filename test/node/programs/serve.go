package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// serve answers HTTP on listen=ADDRESS: GET reads a file below data=FOLDER, PUT writes it, / says its user. With log=FILE it writes a
// line for each request, with fork=yes a second process does the work.
func serve(arguments []string) error {
	if option(arguments, "fork", "") == "yes" {
		return startWorker([]string{
			"listen=" + option(arguments, "listen", ":8080"),
			"data=" + option(arguments, "data", "/data"),
			"log=" + option(arguments, "log", ""),
		})
	}
	data := option(arguments, "data", os.Getenv("DATA_DIR"))
	if data != "" {
		if err := os.MkdirAll(data, 0o750); err != nil {
			return err
		}
	}
	log := io.Writer(os.Stdout)
	if path := option(arguments, "log", ""); path != "" {
		file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
		if err != nil {
			return err
		}
		log = file
	}
	handler := func(answer http.ResponseWriter, question *http.Request) {
		if _, err := fmt.Fprintln(log, question.Method, question.URL.Path); err != nil {
			http.Error(answer, err.Error(), http.StatusInternalServerError)
			return
		}
		if err := handle(answer, question, data); err != nil {
			http.Error(answer, err.Error(), http.StatusInternalServerError)
		}
	}
	return http.ListenAndServe(option(arguments, "listen", ":8080"), http.HandlerFunc(handler))
}

func handle(answer http.ResponseWriter, question *http.Request, data string) error {
	path := filepath.Join(data, filepath.Clean(question.URL.Path))
	if question.URL.Path == "/" {
		_, err := fmt.Fprintln(answer, "ready as user", os.Getuid())
		return err
	}
	if question.Method == http.MethodPut {
		content, err := io.ReadAll(question.Body)
		if err != nil {
			return err
		}
		return os.WriteFile(path, content, 0o640)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	_, err = answer.Write(content)
	return err
}

// get prints what a URL answers, and fails unless it is 200.
func get(arguments []string) error {
	if len(arguments) != 1 {
		return fmt.Errorf("usage: stand-in get URL")
	}
	answer, err := http.Get(arguments[0])
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(os.Stdout, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", answer.StatusCode)
	}
	return nil
}
