import { suite, assert } from '../harness.ts';
import { splitCommands } from '../../src/shell/shell.ts';

/** Text without a command in it. */
const EMPTY: readonly string[] = [
  '',
  ' \t\r\n;;&',
  '# chown -R 1000 /data',
  '\n  # mount /x\n',
  'X=1 Y="a b" Z=(a b)',
  'then fi do done esac ! { }',
  ')',
  '}',
  'case x in mount) ;; esac',
  'FOO+=bar; a[1]=2',
];

/** The words of a command, as text when none holds a space; redirections as operator and path; the here-document. */
type Expected = readonly [words: string | readonly string[], redirects?: string | undefined, input?: string];

const COMMANDS: readonly (readonly [text: string, commands: readonly Expected[]])[] = [
  ['a b', [['a b']]],
  ['a;b&c&&d||e|f|&g\nh', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g'], ['h']]],
  ['a \\\n  b', [['a b']]],
  ['a\r\nb\r\n', [['a'], ['b']]],
  [`'a b' "c d"e\\ f ""`, [[['a b', 'c de f', '']]]],
  [`echo 'it'"'"'s'`, [["echo it's"]]],
  [`echo "\\"x\\" \\$y \\n"`, [[['echo', '"x" $y \\n']]]],
  [`echo $'a\\'b;c' d`, [["echo a\\'b;c d"]]],
  ['echo a#b # c; d\ne', [['echo a#b'], ['e']]],
  ['echo $# ${#x} ${x%% *}', [[['echo', '$#', '${#x}', '${x%% *}']]]],
  ['A=1 B="$(id -u)" exec c', [['id -u'], ['exec c']]],
  ['echo "$(a "$(b)" `c d`)" `e`', [['b'], ['c d'], ['a $() $()'], ['e'], ['echo $() $()']]],
  ['echo ${x:-$(a "b c")} "${y:-"z $(d)"}"', [[['a', 'b c']], ['d'], [['echo', '${x:-$()}', '${y:-z $()}']]]],
  ['echo $(POD_NAME)', [['POD_NAME'], ['echo $()']]],
  ['if a; then b; elif ! c; then { d; }; else e; fi', [['a'], ['b'], ['c'], ['d'], ['e']]],
  ['until a; do b; done; while c; do d; done', [['a'], ['b'], ['c'], ['d']]],
  ['for x in mount umount; do a $x; done', [['for x in mount umount'], ['a $x']]],
  ['for ((i=0; i<3; i++)); do a; done', [['i<3'], ['i++'], ['a']]],
  ['echo $((1 << 2)) $((x # y))\na', [['1 << 2'], ['x # y'], ['echo $() $()'], ['a']]],
  ['(a; b) && ( c )', [['a'], ['b'], ['c']]],
  ['((a b) || c)', [['a b'], ['c']]],
  ['f() { a; }; function g { b; }; h () { c; }', [['a'], ['b'], ['c']]],
  ['x=(mount $(a)) b', [['a'], ['b']]],
  ['shopt -s extglob; rm !(mount|b)', [['shopt -s extglob'], ['rm !']]],
  ['[[ $a =~ ^(mount|b)$ && -f c ]] && d', [['[[ $a =~ ^(mount|b)$ && -f c ]]'], ['d']]],
  ['[ "$a" = b ] || c', [['[ $a = b ]'], ['c']]],
  ['case "$1" in mount) a;; (b|c) d;& *) e;;& f) esac; g', [['a'], ['d'], ['e'], ['g']]],
  ['case x in a)\n  b\n  ;;\nesac > c', [['b'], ['', '>c']]],
  ['x=$(case a in b) c;; esac); d', [['c'], ['d']]],
  ['echo esac done "if" x', [['echo esac done if x']]],
  ['"if" a', [['if a']]],
  ['a > b 2>> c < d >| e <> f', [['a', '>b >>c <d >|e <>f']]],
  ['a >b>c 2>&1 >&- 3<&0', [['a', '>b >c >&1 >&- <&0']]],
  [
    'a &> b; c &>> d; e >& f',
    [
      ['a', '&>b'],
      ['c', '&>>d'],
      ['e', '>&f'],
    ],
  ],
  ['a file2>b', [['a file2', '>b']]],
  ['> /etc/x', [['', '>/etc/x']]],
  ['while a; do b; done > "c"d', [['a'], ['b'], ['', '>cd']]],
  ['a <(b c) > >(d)', [['b c'], ['d'], ['a <()', '>>()']]],
  ['a <<< "b"', [['a', '<<<b']]],
  ['a <<E > b\nc $(d)\nE\ne', [['a', '>b', 'c $(d)\n'], ['d'], ['e']]],
  ["a <<'E'\nc $(d)\nE\ne", [['a', undefined, 'c $(d)\n'], ['e']]],
  ['a <<-E\n\tb\n\tE\nc', [['a', undefined, '\tb\n'], ['c']]],
  ['a <<E | b <<F\n1\nE\n2\nF\nc', [['a', undefined, '1\n'], ['b', undefined, '2\n'], ['c']]],
  ['a <<E\nb', [['a', undefined, 'b']]],
  ['if a <<E; then\n`b`\nE\nc; fi', [['a', undefined, '`b`\n'], ['b'], ['c']]],
  ["a 'b", [['a b']]],
  ['a "b $(c', [['c'], [['a', 'b $()']]]],
  ['a $(b `c', [['c'], ['b $()'], ['a $()']]],
  ['a ) b } c', [['a'], ['b } c']]],
  ['a >', [['a']]],
  ['a \\', [['a \\']]],
];

const HOSTILE = ['$(', '$((', '`', '"', "'", '(', 'a(', '${', '<<E\n', '$(<<E\n', 'case x in ', '[[ ', 'a=', '{ ', '\\', '<('];

suite('kubernetes/shell', (test) => {
  for (const text of EMPTY) {
    test(`finds no command in ${JSON.stringify(text)}`, () => assert.equal(splitCommands(text), []));
  }

  for (const [text, expected] of COMMANDS) {
    test(`splits ${JSON.stringify(text)}`, () => {
      assert.equal(
        splitCommands(text).map((command) => ({
          ...command,
          redirects: command.redirects.map(({ op, path }) => op + path),
        })),
        expected.map(([words, redirects, input]) => ({
          words: typeof words === 'string' ? words.split(' ').filter(Boolean) : words,
          redirects: redirects?.split(' ') ?? [],
          input,
        })),
      );
    });
  }

  test('splits any text in linear time', () => {
    for (const left of HOSTILE) {
      for (const right of ['', 'x', '\n', ' ']) {
        const started = performance.now();
        splitCommands((left + right).repeat(10_000));
        assert.ok(performance.now() - started < 1_000, `${left}${right} is slow`);
      }
    }
  });
});
