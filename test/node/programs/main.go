// A program for images without a distribution: one file that serves, writes, forks or asks the API server, as its arguments say.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	commands := map[string]func([]string) error{
		"pause":  pause,
		"serve":  serve,
		"get":    get,
		"client": client,
		"leader": leader,
	}
	name := ""
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	run, ok := commands[name]
	if !ok {
		fmt.Fprintln(os.Stderr, "usage: stand-in pause|serve|get|client|leader [ARGUMENT...]")
		os.Exit(2)
	}
	if err := run(os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// pause waits for a signal to end.
func pause([]string) error {
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	<-ended
	return nil
}

// option is the value of NAME=VALUE among the arguments.
func option(arguments []string, name, otherwise string) string {
	for _, argument := range arguments {
		if value, found := strings.CutPrefix(argument, name+"="); found {
			return value
		}
	}
	return otherwise
}

// startWorker starts this program again, as servers with workers do.
func startWorker(arguments []string) error {
	worker := exec.Command(os.Args[0], append([]string{"serve"}, arguments...)...)
	worker.Stdout, worker.Stderr = os.Stdout, os.Stderr
	return worker.Run()
}
