import { isThereBefore } from '../../src/workspace/hooks.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';

const helm = (events: string): JsonObject => ({ 'helm.sh/hook': events });
const argo = (event: string): JsonObject => ({ 'argocd.argoproj.io/hook': event });
const wave = (value: string | number): JsonObject => ({ 'argocd.argoproj.io/sync-wave': value });

/** Helm, "Chart Hooks", and Argo CD, "Resource Hooks": whether ordinary objects are there while a hook runs. */
const DURING = 'post-install post-upgrade post-rollback pre-delete test test-success'.split(' ');
const NOT_DURING = 'pre-install pre-upgrade pre-rollback post-delete crd-install x'.split(' ');

suite('workspace/hooks', (test) => {
  test('an ordinary object is there before others of its release', () => {
    assert.is(isThereBefore({}, {}), true);
    assert.is(isThereBefore({ a: 'b' }, helm('')), true);
  });

  test('a hook may be gone again', () => {
    for (const hook of [helm('post-install'), helm('test'), argo('PostSync'), argo('Sync')])
      assert.is(isThereBefore(hook, {}), false);
    assert.is(isThereBefore(helm(' , '), {}), true);
  });

  test('a hook that needs it runs while it is there', () => {
    for (const event of DURING) assert.is(isThereBefore({}, helm(event)), true, event);
    for (const event of NOT_DURING) assert.is(isThereBefore({}, helm(event)), false, event);
    assert.is(isThereBefore({}, helm('post-install, post-upgrade')), true);
    assert.is(isThereBefore({}, helm('post-install,pre-upgrade')), false);
    assert.is(isThereBefore({}, argo('PostSync')), true);
    for (const event of ['PreSync', 'Sync', 'SyncFail', 'PostDelete']) assert.is(isThereBefore({}, argo(event)), false, event);
    assert.is(isThereBefore({}, { ...helm('test'), ...argo('PreSync') }), false);
  });

  test('an earlier wave, or the same one', () => {
    assert.is(isThereBefore(wave('-1'), {}), true);
    assert.is(isThereBefore(wave('1'), {}), false);
    assert.is(isThereBefore(wave('1'), wave(1)), true);
    assert.is(isThereBefore(wave('2'), wave('10')), true);
    assert.is(isThereBefore({}, wave('-1')), false);
    assert.is(isThereBefore(wave('x'), wave('0')), true);
  });
});
