// Small things that every page may need; each is found by its data attribute, in parts that come later, too.
'use strict';

// A place on the body map is a tap on the box of the same name below it.
document.addEventListener('click', (event) => {
  const area = event.target.closest('[data-area]');
  if (!area) return;
  const box = area.closest('form').querySelector(`input[name="where"][value="${area.dataset.area}"]`);
  box.checked = !box.checked;
  box.dispatchEvent(new Event('change', {bubbles: true}));
});

document.addEventListener('change', (event) => {
  const box = event.target;
  if (box.name !== 'where' || !box.form) return;
  for (const area of box.form.querySelectorAll(`[data-area="${box.value}"]`)) area.classList.toggle('on', box.checked);
});

// What was said goes away by itself, unless it can be acted on.
document.addEventListener('htmx:oobAfterSwap', (event) => {
  const said = document.getElementById('said');
  clearTimeout(said.timer);
  if (!said.querySelector('button, a, [role="alert"]')) said.timer = setTimeout(() => said.replaceChildren(), 4000);
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
});
