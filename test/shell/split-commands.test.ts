import { suite, assert } from '../harness.ts';
import { splitCommands } from '../../src/shell/split-commands.ts';

/** Text without a command in it. */
const EMPTY: readonly string[] = [
  '',
  ' \t\n;;&',
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
  [`'a b' "c d"e\\ f ""`, [[['a b', 'c de f', '']]]],
  [`echo 'it'"'"'s'`, [["echo it's"]]],
  [`echo "\\"x\\" \\$y \\n"`, [[['echo', '"x" $y \\n']]]],
  [`echo $'a\\'b;c' d`, [["echo a'b;c d"]]],
  ['echo a#b # c; d\ne', [['echo a#b'], ['e']]],
  ['echo $# ${#x} ${x%% *}', [[['echo', '$#', '${#x}', '${x%% *}']]]],
  ['A=1 B="$(id -u)" exec c', [['exec c'], ['id -u']]],
  ['echo "$(a "$(b)" `c d`)" `e`', [['echo $() $()'], ['a $() $()'], ['b'], ['c d'], ['e']]],
  ['echo ${x:-$(a "b c")} "${y:-"z $(d)"}"', [[['echo', '${x:-$(a "b c")}', '${y:-"z $(d)"}']], [['a', 'b c']], ['d']]],
  ['echo $(POD_NAME)', [['echo $()'], ['POD_NAME']]],
  ['if a; then b; elif ! c; then { d; }; else e; fi', [['a'], ['b'], ['c'], ['d'], ['e']]],
  ['until a; do b; done; while c; do d; done', [['a'], ['b'], ['c'], ['d']]],
  ['for x in mount umount; do a $x; done', [['a $x']]],
  ['for ((i=0; i<3; i++)); do a; done', [['a']]],
  ['echo $((1 << 2)) $((x # y))\na', [['echo $() $()'], ['a']]],
  ['(a; b) && ( c )', [['a'], ['b'], ['c']]],
  ['((a b) || c)', [['a b'], ['c']]],
  ['f() { a; }; function g { b; }; h () { c; }', [['a'], ['b'], ['c']]],
  ['x=(mount $(a)) b', [['b'], ['a']]],
  ['export X="a b" Y+=(c $(d))', [[['export', 'X=a b', 'Y+=()']], ['d']]],
  ['shopt -s extglob; rm !(mount|b)', [['shopt -s extglob'], ['rm !(mount|b)']]],
  ['[[ $a =~ ^(mount|b)$ && -f c ]] && d', [['d']]],
  ['[ "$a" = b ] || c', [['[ $a = b ]'], ['c']]],
  ['case "$1" in mount) a;; (b|c) d;& *) e;;& f) esac; g', [['a'], ['d'], ['e'], ['g']]],
  ['case x in a)\n  b\n  ;;\nesac > c', [['', '>c'], ['b']]],
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
  ['while a; do b; done > "c"d', [['', '>cd'], ['a'], ['b']]],
  ['a <(b c) > >(d)', [['a <()', '>>()'], ['b c'], ['d']]],
  ['a <<< "b"', [['a', '<<<b']]],
  ['a <<E > b\nc $(d)\nE\ne', [['a', '>b', 'c $(d)\n'], ['d'], ['e']]],
  ["a <<'E'\nc $(d)\nE\ne", [['a', undefined, 'c $(d)\n'], ['e']]],
  ['a <<-E\n\tb\n\tE\nc', [['a', undefined, '\tb\n'], ['c']]],
  ['a <<E | b <<F\n1\nE\n2\nF\nc', [['a', undefined, '1\n'], ['b', undefined, '2\n'], ['c']]],
  ['a <<E\nb', [['a', undefined, 'b']]],
  ['if a <<E; then\n`b`\nE\nc; fi', [['a', undefined, '`b`\n'], ['b'], ['c']]],
  ["a 'b", [['a b']]],
  ['a "b $(c', [[['a', 'b $()']], ['c']]],
  ['a $(b `c', [['a $()'], ['b $()'], ['c']]],
  ['a\n) b\nc', [['a']]],
  ['a >', [['a']]],
  ['a $"b c" *.d [e-f]?', [[['a', 'b c', '*.d', '[e-f]?']]]],
  ['a <<E <<F\n1\nE\n2\nF', [['a', undefined, '2\n']]],
  ['a \\', [['a \\']]],
];

/** Shell text that starts in `/srv`, and each command that is not `cd` with its folder. */
const FOLDERS: readonly (readonly [text: string, expected: readonly string[]])[] = [
  ['a; cd data; b; cd ../x; c', ['a @ /srv', 'b @ /srv/data', 'c @ /srv/x']],
  ['cd -P /data && a && cd "$DIR" && b && cd sub && c', ['a @ /data', 'b @ $DIR', 'c @ $DIR/sub']],
  [
    'cd; a; cd -; b; cd /x; pushd y; c; popd; d',
    ['a @ ~', 'b @ $OLDPWD', 'pushd y @ /x', 'c @ /x/y', 'popd @ /x/y', 'd @ $OLDPWD'],
  ],
  ['(cd /a && b); c', ['b @ /a', 'c @ /srv']],
  ['{ cd /a; b; }; c', ['b @ /a', 'c @ /a']],
  ['if cd /a; then b; fi > c', ['> @ /srv', 'b @ /a']],
  ['D="$(cd /a && b)"; c', ['b @ /a', 'c @ /srv']],
  ['cd $(a); b', ['a @ /srv', 'b @ $()']],
  ['cd /a | b; c', ['b @ /srv', 'c @ /srv']],
  ['! cd /a; b', ['b @ /a']],
  ['cd /a & b', ['b @ /srv']],
  ['f() { cd /a; b; }; c', ['b @ /a', 'c @ /srv']],
  ['cd /a; (b; $(c))', ['b @ /a', '$() @ /a', 'c @ /a']],
  ['a <(cd /b; c); d', ['a <() @ /srv', 'c @ /b', 'd @ /srv']],
  ['coproc { cd /a; b; }; c', ['b @ /a', 'c @ /srv']],
  ['echo "$(cd /a; b)"; c', ['echo $() @ /srv', 'b @ /a', 'c @ /srv']],
];

suite('shell/split-commands', (test) => {
  for (const text of EMPTY) {
    test(`finds no command in ${JSON.stringify(text)}`, () => assert.equal(splitCommands(text, '.'), []));
  }

  for (const [text, expected] of COMMANDS) {
    test(`splits ${JSON.stringify(text)}`, () => {
      assert.equal(
        splitCommands(text, '.').map(({ words, redirects, input }) => ({
          words,
          redirects: redirects.map(({ op, path }) => op + path),
          input,
        })),
        expected.map(([words, redirects, input]) => ({
          words: typeof words === 'string' ? words.split(' ').filter(Boolean) : words,
          redirects: redirects?.split(' ') ?? [],
          input,
        })),
      );
    });
  }

  for (const [text, expected] of FOLDERS) {
    test(`follows the folder in ${JSON.stringify(text)}`, () => {
      const commands = splitCommands(text, '/srv').filter(({ words }) => words[0] !== 'cd');
      assert.equal(
        commands.map(({ words, folder }) => `${words.join(' ') || '>'} @ ${folder}`),
        expected,
      );
    });
  }

  test('leaves out what is in more than six expansions, of whatever kind', () => {
    for (const [left, right] of [
      ['a <(', ')'],
      ['a $(( $(', ') ))'],
      ['a ${x:-$(', ')}'],
    ] as const)
      assert.ok(splitCommands(`${left.repeat(20)}b${right.repeat(20)}`, '.').length < 8, left);
    const text = `${'a $('.repeat(20)}b${')'.repeat(20)}`;
    assert.is(splitCommands(text, '.').length, 7);
  });

  test('reads deeply nested commands without running out of stack', () => {
    for (const left of ['f() ', '{ ', '(', '! ', 'if ', 'a | ', 'a && ', '"$(', '`'])
      assert.ok(Array.isArray(splitCommands(left.repeat(20_000), '.')), left);
  });
});
