import {
  changeActivity,
  norwegianRegister,
  setController,
  toHtml,
} from '@metergram/policy/register';
import { describe, expect, it } from 'vitest';

const ATTACK = `</style><script>window.hit = 1</script><img src=x onerror="window.hit = 1">`;

describe('the printable page in a browser', () => {
  it('shows hostile texts as text', () => {
    const controller = { name: ATTACK, contact: ATTACK };
    const { register } = setController(
      changeActivity(norwegianRegister, 'no-kraft.dle.1', { name: { en: ATTACK } }).register,
      { controller },
    );
    const page = new DOMParser().parseFromString(toHtml(register, { language: 'en' }), 'text/html');
    expect(page.querySelectorAll('script, img, iframe, link')).toHaveLength(0);
    expect(page.querySelectorAll('article')).toHaveLength(50);
    const heading = page.querySelector('#no-kraft\\.dle\\.1 h3');
    expect(heading?.textContent).toBe(ATTACK);
  });

  it('has a place for every entry of its contents, and nothing wider than the page', async () => {
    const frame = document.createElement('iframe');
    frame.style.width = '390px';
    document.body.append(frame);
    const loaded = new Promise((resolve) =>
      frame.addEventListener('load', resolve, { once: true }),
    );
    frame.srcdoc = toHtml(norwegianRegister, { language: 'nb' });
    await loaded;
    const page = frame.contentDocument;
    const links = [...(page?.querySelectorAll('nav a') ?? [])];
    expect(links).toHaveLength(9);
    for (const link of links) {
      const id = link.getAttribute('href')?.slice(1) ?? '';
      expect(page?.getElementById(id)?.tagName).toBe('SECTION');
    }
    expect(page?.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    frame.remove();
  });
});
