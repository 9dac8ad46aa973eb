/** Runs kubectl and other programs on the node. */
import { spawn } from 'node:child_process';

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const SECONDS = 150;

/** Needs `KUBECONFIG` and kubectl in the environment. */
export function kubectl(args: readonly string[], input = ''): Promise<Result> {
  return runProgram('kubectl', args, input);
}

export function runProgram(program: string, args: readonly string[], input = ''): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: SECONDS * 1000 });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (part) => (stdout += String(part)));
    child.stderr.on('data', (part) => (stderr += String(part)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ status: code ?? -1, stdout, stderr }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
