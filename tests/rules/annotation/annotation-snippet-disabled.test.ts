import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginx, nginxConfig } from '../nginx-annotations.ts';

const RULE = 'annotation-snippet-disabled';
const SNIPPET = nginx({ 'configuration-snippet': 'more_set_headers "A: b";' });

test('is a remark that changes no verdict', async () => {
  const diagnosis = await overlay(SNIPPET + nginxConfig({ 'annotations-risk-level': 'Critical' }));
  expect(findingOf(diagnosis, RULE).severity).toBe('low');
  expect(diagnosis.verdict).toBe('healthy');
});

test('leaves the word to the refusal of the whole Ingress', async () => {
  expect(rulesOf(await overlay(SNIPPET))).not.toContain(RULE);
});

test('is silent where snippets are allowed, or there is none', async () => {
  const config = nginxConfig({ 'annotations-risk-level': 'Critical', 'allow-snippet-annotations': ' true ' });
  expect(rulesOf(await overlay(SNIPPET + config))).not.toContain(RULE);
  const strict = nginxConfig({ 'annotations-risk-level': 'Critical' });
  expect(rulesOf(await overlay(nginx({ 'configuration-snippet': ' ' }) + strict))).not.toContain(RULE);
});
