// Command judge reads Kubernetes manifests with the libraries that Kubernetes
// itself uses, as an independent reference for the tests of kharden.
//
//	judge psa FILE|DIR...     Pod Security level of every pod and pod template
//	judge decode FILE...      every document as JSON
//	judge decode --nul        the same for NUL-terminated texts on standard input
//
// "-" stands for standard input. Every output line is one JSON value. The exit
// status is 0 whatever the manifests hold, 1 when the input cannot be read and
// 2 for wrong usage.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

const usage = `usage:
  judge psa FILE|DIR...
  judge decode FILE...
  judge decode --nul`

// errUsage makes the program exit with status 2.
var errUsage = errors.New(usage)

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

// run carries out one command line.
func run(args []string, stdin io.Reader, out *bufio.Writer) error {
	if len(args) < 2 {
		return errUsage
	}
	switch command, names := args[0], args[1:]; {
	case command == "psa":
		return psa(names, stdin, newPrinter(out))
	case command == "decode" && names[0] == "--nul":
		if len(names) > 1 {
			return errUsage
		}
		return decodeTexts(stdin, out)
	case command == "decode":
		return decodeFiles(names, stdin, newPrinter(out))
	default:
		return errUsage
	}
}

// newPrinter returns an encoder that writes one JSON value per line and leaves
// <, > and & as they are.
func newPrinter(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

// readInput returns the content of a file, or of standard input for "-".
func readInput(name string, stdin io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(stdin)
	}
	return os.ReadFile(name)
}

// manifestFiles replaces every directory in names by the manifests below it, in
// lexical order. A file that is named stays, whatever its extension.
func manifestFiles(names []string) ([]string, error) {
	var files []string
	for _, name := range names {
		info, err := os.Stat(name)
		if name == "-" || err == nil && !info.IsDir() {
			files = append(files, name)
			continue
		}
		if err != nil {
			return nil, err
		}
		err = filepath.WalkDir(name, func(path string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && isManifest(path) {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

func isManifest(path string) bool {
	switch filepath.Ext(path) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}
