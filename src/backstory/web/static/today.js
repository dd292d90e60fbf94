// The score that is shown as given belongs to the time of day that is chosen.
'use strict';

document.addEventListener('change', (event) => {
  const chosen = event.target;
  const scale = chosen.name === 'when' && chosen.form && chosen.form.querySelector('.scale');
  if (!scale) return;
  for (const button of scale.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.value === scale.dataset[chosen.value]));
  }
});
