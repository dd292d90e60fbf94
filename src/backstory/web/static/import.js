// Files and folders may be dropped anywhere on the page; chosen ones are sent at once.
'use strict';

(() => {
  const form = () => document.querySelector('[data-drop]');
  const say = (line) => {
    const said = document.getElementById('said');
    const shown = document.createElement('p');
    shown.setAttribute('role', 'alert');
    shown.textContent = line;
    said.replaceChildren(shown);
  };

  function ready() {
    for (const button of document.querySelectorAll('[data-drop] [data-send]')) button.parentElement.hidden = true;
  }

  function send(files) {
    const where = form();
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    if (files.length > Number(where.dataset.mostFiles)) return say(where.dataset.tooMany);
    if (bytes > Number(where.dataset.mostBytes)) return say(where.dataset.tooMuch);
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    const [input, folder] = where.querySelectorAll('input[type="file"]');
    if (folder) folder.value = '';
    input.files = chosen.files;
    where.requestSubmit();
  }

  // A folder as the files in it; browsers give a hundred at a time.
  async function inside(entry) {
    if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
    const reader = entry.createReader();
    const files = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return files;
      for (const one of some) if (!one.name.startsWith('.')) files.push(...await inside(one));
    }
  }

  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-drop] input[type="file"]') && event.target.files.length) send([...event.target.files]);
  });

  document.addEventListener('dragover', (event) => {
    if (!form() || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    form().classList.add('over');
  });
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) form()?.classList.remove('over');
  });
  document.addEventListener('drop', async (event) => {
    if (!form()) return;
    event.preventDefault();
    form().classList.remove('over');
    const items = [...event.dataTransfer.items].filter((item) => item.kind === 'file');
    const dropped = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());  // before the event is over
    const files = (await Promise.all(dropped.map((one) => (one instanceof File ? [one] : inside(one))))).flat();
    if (files.length) send(files);
  });

  const bar = () => form()?.querySelector('progress');
  document.addEventListener('htmx:xhr:progress', (event) => {
    if (!event.target.matches?.('[data-drop]') || !event.detail.lengthComputable) return;
    bar().hidden = false;
    bar().value = event.detail.loaded / event.detail.total;
  });
  document.addEventListener('htmx:afterRequest', (event) => {
    if (!event.target.matches?.('[data-drop]')) return;
    bar().hidden = true;
    for (const input of event.target.querySelectorAll('input[type="file"]')) input.value = '';
  });
  document.addEventListener('htmx:afterSettle', ready);
  ready();
})();
