// The slider of "What if?": its rows stand in the page, one a share of the usual load.
'use strict';

(() => {
  const language = document.documentElement.lang;
  const tenths = new Intl.NumberFormat(language, {minimumFractionDigits: 1, maximumFractionDigits: 1});
  const number = (value) => tenths.format(value).replace('-', '−').replace(/^−(0[.,]0)$/, '$1');
  const filled = (text, gaps) => text.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);

  function said([share, points, low, high], found, words) {
    if (share === 1) return words.usual;
    if (!found) return filled(words.open, {lo: number(low), hi: number(high)});
    if (Math.abs(points) < .05) return filled(words.same, {lo: number(low), hi: number(high)});
    const [near, far] = points < 0 ? [-high, -low] : [low, high];
    return filled(points < 0 ? words.less : words.more, {points: number(Math.abs(points)), lo: number(near), hi: number(far)});
  }

  function begin(host) {
    const {rows, found} = JSON.parse(host.dataset.whatIf), share = host.querySelector('input');
    const band = host.querySelector('[data-band]'), middle = host.querySelector('[data-middle]');
    const widest = Math.max(...rows.flatMap(([, , low, high]) => [Math.abs(low), Math.abs(high)]));
    const place = (value) => `${50 + 46 * value / widest}%`;
    const show = () => {
      const row = rows.find(([at]) => Math.round(at * 100) === Number(share.value));
      band.setAttribute('x1', place(row[2]));
      band.setAttribute('x2', place(row[3]));
      middle.setAttribute('cx', place(row[1]));
      const rest = said(row, found, host.dataset), text = filled(host.dataset.at, {share: share.value, rest});
      host.querySelector('.expected').textContent = text;
      share.setAttribute('aria-valuetext', text);
    };
    middle.toggleAttribute('hidden', !found);
    share.addEventListener('input', show);
    host.hidden = false;
    host.ready = true;
    show();
  }

  const look = () => document.querySelectorAll('[data-what-if]').forEach((host) => host.ready || begin(host));
  document.addEventListener('htmx:load', look);
  document.addEventListener('DOMContentLoaded', look);
})();
