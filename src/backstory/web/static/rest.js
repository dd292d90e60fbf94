// After a working set was ticked off: how much of its rest is left, in a corner, without a sound. A reload does not end it.
'use strict';

{
  const KEY = 'backstory-rest', SHOWN_MS = 8000, clock = document.querySelector('[data-rest-clock]');
  const part = (name) => clock.querySelector(`[data-rest-${name}]`);
  let timer;

  const stop = () => {
    clearTimeout(timer);
    sessionStorage.removeItem(KEY);
    clock.hidden = true;
    part('over').textContent = '';
  };

  const show = () => {
    clearTimeout(timer);
    const {ends, seconds} = JSON.parse(sessionStorage.getItem(KEY));
    const left_ms = ends - Date.now(), left = Math.ceil(left_ms / 1000);
    if (left_ms < -SHOWN_MS) return stop();
    clock.hidden = false;
    part('running').hidden = left <= 0;
    if (left > 0) {
      part('left').textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
      part('bar').max = seconds;
      part('bar').value = left;
      part('over').textContent = '';
      timer = setTimeout(show, left_ms - 1000 * (left - 1));
    } else {
      part('over').textContent = clock.dataset.over;
      timer = setTimeout(stop, SHOWN_MS);
    }
  };

  document.addEventListener('htmx:afterRequest', ({detail}) => {
    const {elt, path, formData} = detail.requestConfig;  // the form itself is gone by now
    if (!detail.successful) return;
    if (path === '/plan/sets/undo') return stop();
    const seconds = Number(elt.dataset.rest);
    if (path !== '/plan/sets' || !seconds || formData.get('set').startsWith('w')) return;
    sessionStorage.setItem(KEY, JSON.stringify({ends: Date.now() + 1000 * seconds, seconds}));
    show();
  });
  part('end').addEventListener('click', stop);
  if (sessionStorage.getItem(KEY)) show();
}
