/** Commands that write files, and where they name them, from their manual pages and the references of the tools. */
import type { ValueOptions } from '../shell/options.ts';
import { table } from './table.ts';

/** One way in which a command writes; each condition that is given must hold. */
export interface Writer {
  /** The first operand is one of these sub-commands; the empty text stands for none. */
  readonly subcommand?: RegExp;
  /** The first argument matches. */
  readonly first?: RegExp;
  /** Some argument matches. */
  readonly with?: RegExp;
  /** No argument matches. */
  readonly without?: RegExp;
  /** The options that name what is written. With one of them, operands and working directory do not count. */
  readonly targets?: ValueOptions;
  /** Further options that take a value. */
  readonly values?: ValueOptions;
  /** The operands that name what is written: all, the last one of several, all but the first, or the second one. */
  readonly operands?: 'all' | 'last' | 'rest' | 'second';
  /** Makes files that were not there, also directly below the root. */
  readonly creates?: true;
  /** Writes to the working directory when nothing names another place: always, or only when it has operands. */
  readonly here?: 'always' | 'with-operands';
}

const INTO: ValueOptions = { short: 't', long: ['--target-directory'] };
const VERSION_OR_HELP = /^(?:-v|-V|-h|--version|--help)$/;
/** A goal or task: `package`, `spring-boot:run`. */
const GOAL = /^[a-z][\w:.-]*$/;

// curl(1)
const CURL: Writer = {
  targets: { short: 'o', long: ['--output', '--output-dir'] },
  values: { short: 'AbcCdDeEFHKmPQrtTuUwxXyYz' },
};
const CURL_REMOTE_NAME = /^(?:-[0-46aBfgGiIjJklLMnNOpqRsSvZ#]*O|--remote-name)/;

// tar(1); its first argument may hold options without a dash
const TAR_EXTRACTS: Writer = {
  without: /^(?:-?[a-zA-Z]*O[a-zA-Z]*|--to-stdout)$/,
  targets: { short: 'C', long: ['--directory'] },
  values: { short: 'bfTX', long: ['--file'] },
  here: 'always',
};

// git(1), git-clone(1)
const GIT_OPTIONS: Pick<Writer, 'targets' | 'values'> = {
  targets: { short: 'C' },
  values: { short: 'bcjou', long: ['--branch', '--config', '--depth', '--filter', '--jobs', '--origin', '--reference'] },
};
const GIT_CHANGES = /^(?:pull|fetch|checkout|switch|reset|init|submodule|merge|rebase|commit|apply|am)$/;

// https://docs.npmjs.com/cli/commands, https://pnpm.io/pnpm-cli
const NPM: Writer = {
  subcommand: /^(?:install|i|in|add|ci|clean-install|update|up|upgrade|uninstall|remove|rm|prune|dedupe|rebuild)$/,
  targets: { long: ['--prefix', '--dir', '-C'] },
  values: { long: ['--registry', '--loglevel', '--cache', '--userconfig', '--workspace', '--filter', '-w'] },
};

/** By the name of the command. */
export const WRITERS: ReadonlyMap<string, readonly Writer[]> = table<readonly Writer[]>([
  ['chmod chown chgrp', [{ operands: 'rest' }]],
  ['cp ln', [{ operands: 'last', targets: INTO }]],
  ['install', [{ operands: 'last', targets: INTO, values: { short: 'gmo', long: ['--group', '--mode', '--owner'] } }]],
  ['mv', [{ operands: 'all', targets: INTO }]],
  ['mkdir mkfifo', [{ operands: 'all', creates: true, values: { short: 'm', long: ['--mode'] } }]],
  ['tee', [{ operands: 'all', creates: true }]],
  ['touch', [{ operands: 'all', creates: true, values: { short: 'drt', long: ['--date', '--reference'] } }]],
  ['truncate', [{ operands: 'all', creates: true, values: { short: 'rs', long: ['--reference', '--size'] } }]],
  ['dd', [{ targets: { long: ['of'] } }]],
  ['sed', [{ operands: 'last', with: /^(?:-[a-zA-Z]*i|--in-place)/ }]],
  ['rsync', [{ operands: 'last', values: { short: 'BefMT', long: ['--exclude', '--filter', '--include', '--rsh'] } }]],
  ['openssl', [{ targets: { long: ['-out', '-keyout'] } }]],
  ['keytool', [{ targets: { long: ['-keystore'] }, with: /^-(?:import|delete|gen)/ }]],

  ['curl', [CURL, { ...CURL, with: CURL_REMOTE_NAME, here: 'always' }]],
  [
    'wget',
    [
      {
        without: /^(?:--spider|--version|--help|-V|-h)$/,
        targets: { short: 'OP', long: ['--output-document', '--directory-prefix'] },
        values: { short: 'aABDeiIlotQRTUwXY' },
        here: 'with-operands',
      },
    ],
  ],
  [
    'tar',
    [
      { ...TAR_EXTRACTS, with: /^(?:-[a-zA-Z]*x[a-zA-Z]*|--extract|--get)$/ },
      { ...TAR_EXTRACTS, first: /^[a-zA-Z]*x[a-zA-Z]*$/ },
      { with: /^(?:-[a-zA-Z]*c[a-zA-Z]*|--create)$/, targets: { short: 'f', long: ['--file'] }, values: { short: 'bCTX' } },
      { first: /^[a-zA-Z]*c[a-zA-Z]*f$/, operands: 'second' },
    ],
  ],
  ['unzip', [{ without: /^-[a-zA-Z]*[lptvzZ]/, targets: { short: 'd' }, here: 'with-operands' }]],
  [
    'git',
    [
      { ...GIT_OPTIONS, subcommand: /^clone$/, operands: 'rest', here: 'always' },
      { ...GIT_OPTIONS, subcommand: GIT_CHANGES, here: 'always' },
    ],
  ],

  ['npm pnpm bun', [NPM, { ...NPM, without: /^(?:-g|--global)$/, here: 'always' }]],
  // https://classic.yarnpkg.com/docs/cli: without a command, yarn installs
  [
    'yarn',
    [
      {
        subcommand: /^(?:|install|add|remove|up|upgrade)$/,
        without: VERSION_OR_HELP,
        targets: { long: ['--cwd'] },
        here: 'always',
      },
    ],
  ],
  // https://getcomposer.org/doc/03-cli.md
  [
    'composer',
    [{ subcommand: /^(?:install|i|update|u|require|r|remove|create-project)$/, targets: { short: 'd' }, here: 'always' }],
  ],
  ['pip', [{ subcommand: /^install$/, targets: { short: 't', long: ['--target', '--prefix', '--root'] } }]],
  // https://docs.python.org/3/library/venv.html
  ['venv virtualenv', [{ operands: 'all', values: { short: 'p', long: ['--prompt', '--python'] } }]],

  // https://pkg.go.dev/cmd/go
  ['go', [{ subcommand: /^(?:build|generate|mod|work)$/, targets: { long: ['-o', '-C'] }, here: 'always' }]],
  // https://doc.rust-lang.org/cargo/commands
  [
    'cargo',
    [
      {
        subcommand: /^(?:build|b|run|r|test|t|bench|check|c|doc|fetch|update)$/,
        targets: { long: ['--target-dir', '--manifest-path'] },
        here: 'always',
      },
    ],
  ],
  // https://maven.apache.org/ref/current/maven-embedder/cli.html
  ['mvn mvnw', [{ with: GOAL, without: VERSION_OR_HELP, targets: { long: ['-f', '--file'] }, here: 'always' }]],
  // https://docs.gradle.org/current/userguide/command_line_interface.html
  ['gradle gradlew', [{ with: GOAL, without: VERSION_OR_HELP, targets: { long: ['-p', '--project-dir'] }, here: 'always' }]],
]);
