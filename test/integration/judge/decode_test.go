package main

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestDecodeTexts(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", `[]`},
		{"comment alone", "# nothing\n", `[null]`},
		{"YAML 1.1", "a: yes\nb: 010\nc: 1_000\nd: 2001-01-01\ne: ~\nf: 0x1F\n", `[{"a":true,"b":8,"c":1000,"d":"2001-01-01","e":null,"f":31}]`},
		{"last key wins", "a: 1\na: {b: 2}\n", `[{"a":{"b":2}}]`},
		{"last key wins in JSON", `{"a":{"b":1},"a":{"c":2}}`, `[{"a":{"c":2}}]`},
		{"not escaped", `a: <&>`, `[{"a":"<&>"}]`},
		{"anchors and merge keys", "a: &x {b: 1}\nc: {<<: *x, d: 2}\n", `[{"a":{"b":1},"c":{"b":1,"d":2}}]`},
		{"stream", "---\na: 1\n--- # comment\n\n---\nb: 2\n---\n", `[{"a":1},null,{"b":2}]`},
		{"nothing between separators", "a: 1\n---\n---\nb: 2\n", `[{"a":1},{"b":2}]`},
		{"after an end marker", "a: 1\n...\nb: 2\n", `[{"a":1}]`},
		{"CRLF and byte order mark", "\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n", `[{"a":1,"b":"x\ny\n"}]`},
		{"no final end of line", "a: 1", `[{"a":1}]`},
		{"flow map at the start", "{a: 1}\n", `[{"a":1}]`},
		{"JSON, then YAML", "{\"a\":1}\n---\nb: 2\n", `[{"a":1},{"b":2}]`},
		{"little indentation", "a: \"x\ny\"\n", `[{"a":"x y"}]`},
		{"content after the separator", "a: 1\n--- b\n", `{"doc":0,"error":"invalid Yaml document separator: b"}`},
		{"tab", "a: 1\n---\n\tb: 2\n", `{"doc":1,"error":"error converting YAML to JSON: yaml: found character that cannot start any token"}`},
	}
	var in, want []string
	for _, test := range tests {
		in = append(in, test.text)
		want = append(want, test.want)
	}
	var buf bytes.Buffer
	out := bufio.NewWriter(&buf)
	if err := run([]string{"decode", "--nul"}, strings.NewReader(strings.Join(in, "\x00")), out); err != nil {
		t.Fatal(err)
	}
	out.Flush()
	got := strings.Split(strings.TrimSpace(buf.String()), "\n")
	if len(got) != len(want) {
		t.Fatalf("%d answers for %d texts", len(got), len(want))
	}
	for i, test := range tests {
		if got[i] != want[i] {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got[i], want[i])
		}
	}
}

func TestDecodeFiles(t *testing.T) {
	var buf bytes.Buffer
	out := bufio.NewWriter(&buf)
	if err := run([]string{"decode", "-"}, strings.NewReader("a: [\n---\nb: <\n---\n# c\n"), out); err != nil {
		t.Fatal(err)
	}
	out.Flush()
	want := `{"file":"-","doc":0,"error":"error converting YAML to JSON: yaml: line 1: did not find expected node content"}
{"file":"-","doc":1,"json":{"b":"<"}}
{"file":"-","doc":2,"json":null}
`
	if got := buf.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestManifestFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.yml", "a.yaml", "c.txt", "d/e.json"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	named := filepath.Join(dir, "c.txt")
	got, err := manifestFiles([]string{"-", named, dir})
	want := []string{"-", named, filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yml"), filepath.Join(dir, "d/e.json")}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if _, err := manifestFiles([]string{filepath.Join(dir, "missing")}); err == nil {
		t.Error("a missing file gives no error")
	}
}

func TestUsage(t *testing.T) {
	for _, args := range []string{"", "psa", "decode", "encode x", "decode --nul x"} {
		if err := run(strings.Fields(args), strings.NewReader(""), nil); err != errUsage {
			t.Errorf("%q: got %v", args, err)
		}
	}
}
