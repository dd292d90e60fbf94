// Charts, drawn by uPlot: every `[data-chart]` that is there or is swapped in later. What a chart is, `web/charting.py`
// says; it stands in the attribute, or comes from `data-src`. Arrow keys move a cursor, and a line reads its values.
'use strict';

(() => {
  const LEFT_PX = 38, TICK_PX = 62, DAY_MS = 86400000, MOST_DAYS_OF_WEEKS = 70;
  const MONTHS_APART = [1, 2, 3, 6, 12, 24, 60];
  const language = document.documentElement.lang.replace(/^en$/, 'en-GB'); // the day before the month, as on the pages
  const utc = (given) => new Intl.DateTimeFormat(language, {...given, timeZone: 'UTC'});
  const whole = utc({day: 'numeric', month: 'short', year: 'numeric'});
  const [month, year] = [utc({month: 'short'}), utc({year: 'numeric'})];
  const dayOfMonth = utc({day: 'numeric', month: 'short'});
  const number = new Intl.NumberFormat(language, {maximumFractionDigits: 2});
  const charts = new Map(); // element → {draw, end}

  const said = (value) => number.format(value).replace('-', '−');

  function inks(element) {
    const css = getComputedStyle(element);
    return {ink: (name) => css.getPropertyValue(`--${name}`).trim(), font: `12px ${css.fontFamily}`};
  }

  // #rgb or #rrggbb, made transparent
  const washed = (hex, share) => (hex.length === 4 ? hex.replace(/[^#]/g, '$&$&') : hex)
    + Math.round(share * 255).toString(16).padStart(2, '0');

  // The calendar, or names: how many places there are, what each is called, and where ticks stand
  function along(x) {
    const most = (width) => Math.max(2, Math.floor(width / TICK_PX));
    if (x.names) {
      const all = x.names.map((name, n) => [n, name]), count = all.length;
      const ticks = (width) => all.filter(([n]) => n % Math.ceil(count / most(width)) === 0);
      return {count, called: (n) => x.long[n], ticks};
    }
    const begins = Date.parse(x.begins), at = (n) => new Date(begins + n * x.step * DAY_MS);
    const place = (day) => (day - begins) / (x.step * DAY_MS), days = (x.count - 1) * x.step;
    const mondays = (width) => {
      const apart = 7 * Math.ceil((days / 7 + 1) / most(width)), found = [];
      for (let n = (8 - (at(0).getUTCDay() || 7)) % 7; n <= days; n += apart) {
        found.push([n / x.step, dayOfMonth.format(begins + n * DAY_MS)]);
      }
      return found;
    };
    const months = (width) => {
      const [from, to] = [at(0), at(x.count - 1)].map((day) => day.getUTCFullYear() * 12 + day.getUTCMonth());
      const apart = MONTHS_APART.find((step) => (to - from + 1) / step <= most(width)) || 120;
      const all = [...Array(to - from + 1).keys()].map((n) => from + n).filter((n) => n % apart === 0);
      return all.map((n) => Date.UTC(Math.floor(n / 12), n % 12, 1)).filter((day) => day >= begins).map((day) => (
        [place(day), apart >= 12 || new Date(day).getUTCMonth() === 0 ? year.format(day) : month.format(day)]
      ));
    };
    return {
      count: x.count, called: (n) => `${x.week}${whole.format(at(n))}`, date: (n) => at(n).toISOString().slice(0, 10),
      ticks: days <= MOST_DAYS_OF_WEEKS ? mondays : months,
    };
  }

  // Rows of numbers for uPlot, its settings for each, and what each row is
  function rows(panel, look) {
    const data = [], series = [{}], bands = [];
    const add = (values, given) => { data.push(values); series.push({scale: 'y', ...given}); };
    for (const one of panel.series) {
      const stroke = look.ink(one.ink), none = {show: false};
      if (one.kind === 'band') {
        bands.push({series: [series.length, series.length + 1], fill: washed(stroke, .2)});
        add(one.hi, {width: 0, stroke: 'transparent', points: none});
        add(one.lo, {width: 0, stroke: 'transparent', points: none});
      } else if (one.kind === 'bars') {
        const paths = uPlot.paths.bars({size: [.72, 44]});
        add(one.values, {paths, width: 0, stroke, fill: stroke, points: none});
      } else if (one.kind === 'dots') {
        const [size, fill] = one.values.length > 120 ? [4.5, washed(stroke, .45)] : [6, stroke];
        add(one.values, {paths: () => null, stroke, points: {show: true, size, width: 0, fill}});
      } else {
        add(one.values, {width: 2, stroke, dash: one.dashed ? [5, 4] : undefined, points: none});
      }
    }
    return {data, series, bands};
  }

  function range({series, lines, min, max}) {
    const all = series.flatMap((one) => (one.kind === 'band' ? [...one.lo, ...one.hi] : one.values));
    const known = [0, ...lines.map((line) => line.at), ...all]; // null counts as 0
    const low = min ?? Math.min(...known), high = max ?? Math.max(...known), room = (high - low || 1) * .06;
    return [low < 0 ? low - room : low - room / 3, high + room];
  }

  // Behind the bars: hatched where nothing is known; lines to compare with
  function behind(plot, panel, look) {
    const {ctx, bbox} = plot, ratio = devicePixelRatio;
    const across = (n) => plot.valToPos(n, 'x', true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.lineWidth = ratio;
    ctx.strokeStyle = look.ink('line');
    const holes = new Path2D();
    for (const one of panel.series.filter((each) => each.kind === 'bars')) {
      one.values.forEach((value, n) => {
        if (value === null) holes.rect(across(n - .5), bbox.top, across(n + .5) - across(n - .5), bbox.height);
      });
    }
    ctx.save();
    ctx.clip(holes);
    ctx.beginPath();
    for (let at = bbox.left - bbox.height; at < bbox.left + bbox.width; at += 6 * ratio) {
      ctx.moveTo(at, bbox.top + bbox.height);
      ctx.lineTo(at + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
    for (const line of [{at: 0, solid: true}, ...panel.lines]) {
      const y = Math.round(plot.valToPos(line.at, 'y', true)) + .5;
      ctx.strokeStyle = look.ink('quiet');
      ctx.setLineDash(line.solid ? [] : [4 * ratio, 4 * ratio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
    ctx.restore();
  }

  function plotted(panel, isLast, x, width, look, moved, key) {
    const {data, series, bands} = rows(panel, look);
    const grid = {stroke: look.ink('line'), width: 1};
    const axis = {stroke: look.ink('quiet'), font: look.font, grid, ticks: {show: false}};
    const ticks = x.ticks(width - LEFT_PX);
    const options = {
      width, height: (panel.height || 150) + (isLast ? 26 : 4), padding: [8, 8, 0, 0], series, bands,
      legend: {show: false},
      cursor: {y: false, drag: {x: false, y: false}, sync: {key}, points: {size: 8, width: 0, one: false}},
      scales: {x: {time: false, range: [-.6, x.count - .4]}, y: {range: () => range(panel)}},
      axes: [
        {...axis, size: isLast ? 26 : 4, gap: 4, splits: () => ticks.map(([n]) => n), grid: {show: false},
         values: () => (isLast ? ticks.map(([, name]) => name) : ticks.map(() => ''))},
        {...axis, size: LEFT_PX, gap: 4, space: 36, splits: panel.ticks ? () => panel.ticks : undefined,
         values: (_, splits) => splits.map(said)},
      ],
      hooks: {drawAxes: [(plot) => behind(plot, panel, look)], setCursor: [(plot) => moved(plot.cursor.idx)]},
    };
    return [options, [[...Array(x.count).keys()], ...data]];
  }

  function value(one, n, words) {
    if (one.kind === 'band') return one.lo[n] === null ? null : `${said(one.lo[n])} ${words.to} ${said(one.hi[n])}`;
    if (one.values[n] !== null) return said(one.values[n]) + (one.unit || '');
    return one.kind === 'bars' ? words.unknown : null;
  }

  function element(name, className, textContent = '') {
    return Object.assign(document.createElement(name), {className, textContent});
  }

  function legend(view, words) {
    const mark = (kind, ink, name) => {
      const item = element('li', '', name);
      item.prepend(element('span', `chart-mark ${kind} ink-${ink}`));
      return item;
    };
    const all = view.panels.flatMap((panel) => panel.series);
    const unknown = (one) => one.kind === 'bars' && one.values.includes(null);
    return [
      ...all.filter((one) => one.name).map((one) => mark(one.dashed ? 'line dashed' : one.kind, one.ink, one.name)),
      ...view.panels.flatMap((panel) => panel.lines).map((line) => mark('line dashed', 'quiet', line.name)),
      ...(all.some(unknown) ? [mark('unknown', 'line', words.unknown)] : []),
    ];
  }

  function chart(host, spec) {
    const {words} = spec, reads = element('p', 'chart-reads'), stage = element('div', 'chart-stage');
    const legends = element('ul', 'chart-legend');
    const key = `chart-${Math.random()}`, series = () => view.panels.flatMap((panel) => panel.series);
    let view, x, plots = [], place = null, tapped = null, width = 0;
    Object.assign(stage, {tabIndex: 0, role: 'group', ariaLabel: `${spec.name}. ${words.keys}`});
    reads.ariaLive = 'off';

    function moved(n) {
      place = n ?? null;
      const named = place === null ? [] : series().filter((one) => one.name);
      const pairs = named.map((one) => [one.name, value(one, n, words)]);
      const told = pairs.filter(([, text]) => text !== null).map((pair) => pair.join(' '));
      reads.textContent = place === null ? view.rest || words.rest
        : [x.called(n), ...(told.length ? told : [words.unknown])].join(' · ');
    }

    function draw() {
      plots.forEach((plot) => plot.destroy());
      width = Math.floor(stage.clientWidth);
      if (width < 120) { plots = []; return; }
      const look = inks(host);
      stage.replaceChildren();
      plots = view.panels.map((panel, n) => {
        if (panel.title) stage.append(element('p', 'chart-title', panel.title));
        return new uPlot(...plotted(panel, n === view.panels.length - 1, x, width, look, moved, key), stage);
      });
      moved(null);
    }

    function show(n) {
      plots.forEach((plot) => plot.setCursor({left: n === null ? -10 : plot.valToPos(n, 'x'), top: 1}));
      moved(n);
    }

    const follow = () => {
      if (place !== null && view.link) location.assign(view.link.replace('{date}', x.date(place)));
    };
    const ways = {
      ArrowLeft: (n) => n - 1, ArrowRight: (n) => n + 1, PageUp: (n) => n - 7, PageDown: (n) => n + 7,
      Home: () => 0, End: () => x.count - 1, Escape: () => null,
    };
    stage.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') follow();
      if (!ways[event.key]) return;
      event.preventDefault();
      const next = ways[event.key](place ?? (event.key === 'ArrowRight' ? -1 : x.count));
      show(next === null ? null : Math.min(x.count - 1, Math.max(0, next)));
    });
    stage.addEventListener('focus', () => { reads.ariaLive = 'polite'; });
    stage.addEventListener('blur', () => { reads.ariaLive = 'off'; show(null); });
    stage.addEventListener('click', (event) => { // a first touch reads, a second one follows
      if (event.pointerType !== 'touch' || tapped === place) follow();
      tapped = place;
    });

    const choices = element('div', 'chips chart-views');
    choices.append(...spec.views.map((one) => {
      const button = element('button', '', one.name);
      Object.assign(button, {type: 'button', onclick: () => choose(one)});
      return button;
    }));

    function choose(one) {
      [view, x] = [one, along(one.x)];
      [...choices.children].forEach((button, n) => { button.ariaPressed = String(spec.views[n] === view); });
      stage.classList.toggle('leads', Boolean(view.link));
      legends.replaceChildren(...legend(view, words));
      draw();
    }

    host.replaceChildren(...(spec.views.length > 1 ? [choices] : []), stage, legends, reads);
    choose(spec.views[0]);
    const watch = new ResizeObserver(() => { if (Math.floor(stage.clientWidth) !== width) draw(); });
    watch.observe(host);
    return {draw, end: () => { watch.disconnect(); plots.forEach((plot) => plot.destroy()); }};
  }

  async function begin(host) {
    charts.set(host, {draw() {}, end() {}});
    const given = host.dataset.chart;
    const told = given || await fetch(host.dataset.src).then((got) => (got.ok ? got.text() : ''), () => '');
    if (told && host.isConnected) charts.set(host, chart(host, JSON.parse(told)));
  }

  function look() {
    for (const [host, one] of charts) if (!host.isConnected) { one.end(); charts.delete(host); }
    document.querySelectorAll('[data-chart]').forEach((host) => { if (!charts.has(host)) begin(host); });
  }

  const redraw = () => charts.forEach((one) => one.draw());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  new MutationObserver(redraw).observe(document.documentElement, {attributeFilter: ['data-theme']});
  document.addEventListener('htmx:load', look);
  document.addEventListener('DOMContentLoaded', look);
})();
