import { describe, expect, it } from 'vitest';
import { formatSettings, parseSettings } from './settings.ts';

describe('settings', () => {
  it.each([
    'op=max&kernelSize=2',
    'op=avg&kernelSize=5&stride=1&padding=same',
    'op=lp&kernelSize=6&stride=3&padding=2&dilation=2&p=1',
  ])('%s are written as they are read', (words) => {
    expect(formatSettings(parseSettings(words))).toBe(words);
  });

  it('that make no sense take their defaults', () => {
    expect(parseSettings('op=median&kernelSize=0&stride=1.5&padding=-1&dilation=x&p=99')).toEqual(parseSettings(''));
  });
});
