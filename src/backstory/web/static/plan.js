// The plan beside the rack: figures that hold still.
'use strict';

{
  const KEY = 'backstory-still';
  const calm = () => localStorage.getItem(KEY) === 'yes';

  const show = (root = document) => {
    for (const image of root.querySelectorAll('img[data-moves]')) {
      const moving = image.getAttribute('src').replace('&still=true', '');
      const wanted = calm() ? `${moving}&still=true` : moving;
      if (image.getAttribute('src') !== wanted) image.setAttribute('src', wanted);
    }
    for (const button of root.querySelectorAll('[data-hold-still]')) {
      button.dataset.own ??= button.textContent;
      button.hidden = matchMedia('(prefers-reduced-motion: reduce)').matches;
      button.textContent = calm() ? button.dataset.other : button.dataset.own;
    }
  };

  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-hold-still]')) return;
    localStorage.setItem(KEY, calm() ? 'no' : 'yes');
    show();
  });
  document.addEventListener('htmx:afterSwap', (event) => show(event.target.parentElement ?? document));
  show();
}
