import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import { isPublic } from '../../src/images/index.ts';
import { assert, suite } from '../harness.ts';

/** Who can pull an image: everyone, everyone as long as it is known, or nobody knows. */
const CASES: readonly (readonly [image: string, isPublicUnknown: boolean, isPublicKnown: boolean])[] = [
  ['nginx', true, true],
  ['index.docker.io/library/nginx', true, true],
  ['registry.k8s.io/pause:3.9', true, true],
  ['mcr.microsoft.com/team/app', true, true],
  ['public.ecr.aws/team/app', true, true],
  ['team/app', false, true],
  ['quay.io/team/app', false, true],
  ['ghcr.io/team/app', false, true],
  ['registry.gitlab.com/team/app', false, true],
  ['us-docker.pkg.dev/team/app/app', false, true],
  ['registry.redhat.io/ubi9/ubi', false, false],
  ['registry.local/library/nginx', false, false],
  ['localhost:5000/app', false, false],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/app', false, false],
];

suite('images/registries', (test) => {
  for (const [image, isPublicUnknown, isPublicKnown] of CASES)
    test(image, () => {
      const reference = parseImageReference(image);
      if (!reference) throw new Error('no image');
      assert.equal([isPublic(reference, false), isPublic(reference, true)], [isPublicUnknown, isPublicKnown]);
    });
});
