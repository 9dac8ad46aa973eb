/** Requests that are above their limits in a configuration. */
import { assert, suite } from '../harness.ts';
import { configIn, errorsIn } from './read.ts';

suite('config: requests and limits', (test) => {
  const above = (name: string, request: string, limit: string): string =>
    `the request of ${name}, ${request}, is above its limit, ${limit}: change one of them, or set the limit to null`;

  test('a request is compared with the default limit, a limit with the default request', () => {
    assert.equal(errorsIn('transforms: {resources: {requests: {cpu: 3}}}'), [
      `1:42 transforms.resources.requests.cpu: ${above('cpu', '3', '2')}`,
    ]);
    assert.equal(errorsIn('transforms: {resources: {limits: {memory: 1Mi}}}'), [
      `1:43 transforms.resources.limits.memory: ${above('memory', '128Mi', '1Mi')}`,
    ]);
  });

  test('a limit that is off allows every request', () => {
    configIn('transforms: {resources: {requests: {cpu: 3}, limits: {cpu: null}}}');
  });

  test('quantities are compared as Kubernetes reads them', () => {
    configIn('transforms: {resources: {requests: {memory: 1G}, limits: {memory: 1Gi}}}');
    assert.is(errorsIn('transforms: {resources: {requests: {memory: 1Gi}, limits: {memory: 1G}}}').length, 1);
  });

  test('the amounts of an override are compared with those that count elsewhere', () => {
    const text =
      'transforms: {resources: {requests: {cpu: 400m}}}\n' +
      'overrides: [{match: {name: a}, transforms: {resources: {limits: {cpu: 300m}}}}]\n';
    assert.equal(errorsIn(text), [`2:71 overrides[0].transforms.resources.limits.cpu: ${above('cpu', '400m', '300m')}`]);
  });

  test('the amounts of an image entry are compared with each other', () => {
    const text = 'images: [{match: [a/b], resources: {requests: {memory: 1Gi}, limits: {memory: 1Mi}}}]';
    assert.equal(errorsIn(text), [`1:56 images[0].resources.requests.memory: ${above('memory', '1Gi', '1Mi')}`]);
  });
});
