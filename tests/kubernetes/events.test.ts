import {
  eventContainer,
  eventCount,
  eventFirstTime,
  eventLastTime,
  eventsWithReason,
  newestEvent,
  showEvent,
} from '../../src/kubernetes/events.ts';

const OLD = {
  reason: 'Unhealthy',
  count: 36,
  firstTimestamp: '2026-03-02T11:00:00Z',
  lastTimestamp: '2026-03-02T11:30:00Z',
};
const NEW = {
  reason: 'Unhealthy',
  eventTime: '2026-03-02T11:40:00Z',
  firstTimestamp: null,
  lastTimestamp: null,
  series: { count: 4, lastObservedTime: '2026-03-02T11:50:00Z' },
};

test('reads whichever fields the reporter fills', () => {
  expect([eventCount(OLD), eventCount(NEW), eventCount({})]).toEqual([36, 4, 1]);
  expect(eventFirstTime(NEW)).toEqual(new Date('2026-03-02T11:40:00Z'));
  expect(eventLastTime(NEW)).toEqual(new Date('2026-03-02T11:50:00Z'));
  expect(eventLastTime(OLD)).toEqual(new Date('2026-03-02T11:30:00Z'));
  expect(eventLastTime({ metadata: { creationTimestamp: '2026-03-02T11:00:00Z' } })).toEqual(
    new Date('2026-03-02T11:00:00Z'),
  );
  expect(eventFirstTime({})).toBeUndefined();
});

test('the newest comes first, those without a time last', () => {
  const timeless = { reason: 'Unhealthy' };
  expect(eventsWithReason([timeless, OLD, { reason: 'Killing' }, NEW], 'Unhealthy')).toEqual([
    NEW,
    OLD,
    timeless,
  ]);
  expect(newestEvent([OLD], 'Killing')).toBeUndefined();
});

test('shows reason and count', () => {
  expect(showEvent(OLD)).toBe('Event Unhealthy ×36');
  expect(showEvent({ reason: 'Killing' })).toBe('Event Killing');
});

test('knows which container an event is about', () => {
  expect(eventContainer({ involvedObject: { fieldPath: 'spec.containers{app}' } })).toBe('app');
  expect(eventContainer({ involvedObject: { fieldPath: 'spec.initContainers{migrate}' } })).toBe('migrate');
  expect(eventContainer({ involvedObject: {} })).toBeUndefined();
});
