import { expect, test } from 'vitest';
import { modelOf } from '../../../test/model-of.ts';
import { readRequest } from '../request-model.ts';
import { trace } from './trace.ts';

const gateway = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: g, namespace: shop}
spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}`;
const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec: {parentRefs: [{name: g}], hostnames: [a.com], rules: [{backendRefs: [{name: gone, port: 80}]}]}`;
const service = `apiVersion: v1
kind: Service
metadata: {name: other, namespace: shop}
spec: {ports: [{port: 80}]}`;
const namespace = `apiVersion: v1
kind: Namespace
metadata: {name: shop}`;

const reading = readRequest({ method: 'GET', url: 'http://a.com/', headers: [] });

async function answerOf(documents: readonly string[], others: readonly string[] = []) {
  if (reading.kind === 'bad') throw new Error(reading.problem);
  const model = await modelOf(gateway, route, ...documents);
  const { facts } = await modelOf(...others);
  return trace(model, reading.request, { facts: [model.facts, facts] }).answers[0];
}

test.each([[[]], [[namespace]], [[service]]])(
  'a Service that the input need not hold is taken to exist',
  async (more) => {
    const { outcome, conditions } = await answerOf(more);
    expect(outcome).toMatchObject({ kind: 'backends', backends: [{ name: 'shop/gone:80' }] });
    expect(conditions).toEqual([]);
  },
);

test('one that an input with its namespace lacks is missing, if the input is whole', async () => {
  const { outcome, conditions, extras } = await answerOf([namespace, service]);
  expect(outcome).toEqual({ kind: 'status', status: 500 });
  expect(extras.join()).toContain('Service shop/gone is not in the input');
  expect(conditions).toMatchObject([{ outcome: { backends: [{ name: 'shop/gone:80' }] } }]);
});

test('what one of two inputs says of the cluster holds for both', async () => {
  expect((await answerOf([], [namespace, service])).outcome).toEqual({ kind: 'status', status: 500 });
  const gone = service.replace('other', 'gone');
  expect((await answerOf([namespace, service], [gone])).outcome).toMatchObject({ kind: 'backends' });
});
