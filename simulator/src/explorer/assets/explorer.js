'use strict';
// What the pages have with a script, and with a simulator behind them. Nothing that is typed is kept
// anywhere, and a secret is in no address and in nothing that is shown.
(() => {
  document.documentElement.classList.add('js');
  const control = new URL('.', document.currentScript.src);
  const HIDDEN = '******';

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const element = (name, text, properties) => Object.assign(document.createElement(name), { textContent: text }, properties);
  const ask = (method, path, value) => fetch(new URL(path, control), {
    method, cache: 'no-store', redirect: 'error',
    ...(value && { body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } }),
  });
  const say = (where, text, mood = '') => {
    where.textContent = text;
    where.className = mood;
  };

  // ------------------------------------------------------------------ filter and copy

  function filter(field) {
    const found = one('[data-found]');
    const narrow = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const service of all('[data-service]:not(form)')) {
        const items = all('[data-operation]', service);
        const kept = items.filter((item) => {
          const text = item.dataset.operation.toLowerCase();
          item.hidden = !words.every((word) => text.includes(word));
          return !item.hidden;
        });
        service.hidden = kept.length === 0;
        count += kept.length;
      }
      found.textContent = words.length ? `${count} operations` : '';
    };
    field.addEventListener('input', narrow);
    document.addEventListener('keydown', (event) => {
      if (event.key === '/' && !event.target.closest('input, select, textarea')) {
        event.preventDefault();
        field.focus();
      }
    });
    narrow();
  }

  function copy(button) {
    const word = button.textContent;
    button.addEventListener('click', async () => {
      const code = one('code', button.parentElement);
      const done = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false);
      if (!done) getSelection().selectAllChildren(code);
      button.textContent = done ? 'Copied' : 'Selected';
      setTimeout(() => { button.textContent = word; }, 1500);
    });
  }

  // ------------------------------------------------------------------ a call

  /** The value of a field; undefined where nothing is sent. */
  function valueOf(field) {
    const text = field.value;
    if (field.type === 'file') return field.files[0];
    if (text === '') return undefined;
    try {
      if (field.dataset.kind === 'json') return JSON.parse(text);
      // Digit for digit, however long.
      if (field.dataset.kind === 'number') return typeof JSON.parse(text) === 'number' && JSON.rawJSON ? JSON.rawJSON(text) : JSON.parse(text);
    } catch { /* What does not fit is sent as it is, to see what is said of it. */ }
    return text;
  }

  const plain = (value) => (typeof value === 'object' && value !== null ? value.rawJSON ?? JSON.stringify(value) : String(value));
  const isList = Array.isArray;
  const isObject = (value) => typeof value === 'object' && value !== null && !isList(value) && !('rawJSON' in value);
  const SEPARATORS = { SpaceDelimited: '%20', PipeDelimited: '|', Form: ',' };

  /** A value in a path or a header, in the style of its parameter. */
  function spelled(name, value, style, explode, encode) {
    if (style === 'Json') return encode(plain(value));
    const parts = isList(value) ? value.map((it) => encode(plain(it)))
      : isObject(value) ? Object.entries(value).flatMap(([key, it]) => (explode ? `${encode(key)}=${encode(plain(it))}` : [encode(key), encode(plain(it))]))
        : [encode(plain(value))];
    if (style === 'Label') return `.${parts.join(explode ? '.' : ',')}`;
    if (style !== 'Matrix') return parts.join(',');
    if (!explode) return `;${name}=${parts.join(',')}`;
    return parts.map((it) => (isObject(value) ? `;${it}` : `;${name}=${it}`)).join('');
  }

  /** A value as pairs of a query, encoded. */
  function pairs(name, value, style, explode) {
    const encode = encodeURIComponent;
    if (style === 'DeepObject' && isObject(value)) return Object.entries(value).map(([key, it]) => `${encode(`${name}[${key}]`)}=${encode(plain(it))}`);
    if (style === 'Json' || !(isList(value) || isObject(value))) return [`${encode(name)}=${encode(plain(value))}`];
    if (isList(value) && explode) return value.map((it) => `${encode(name)}=${encode(plain(it))}`);
    if (isObject(value) && explode) return Object.entries(value).map(([key, it]) => `${encode(key)}=${encode(plain(it))}`);
    const parts = isList(value) ? value : Object.entries(value).flat();
    return [`${encode(name)}=${parts.map((it) => encode(plain(it))).join(SEPARATORS[style] ?? ',')}`];
  }

  /** Puts a value into a body, at the names that lead to it. */
  function put(body, at, value) {
    if (at.length === 0) return value;
    const [first, ...rest] = at;
    const object = body ?? Object.create(null);
    object[first] = put(object[first], rest, value);
    return object;
  }

  /** The request that a form asks for; `see` says what of a secret is in it. */
  function requestOf(form, see) {
    const of = form.dataset;
    let path = of.path;
    let body;
    const query = JSON.parse(of.query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    const headers = JSON.parse(of.credentials).map(([name, value]) => [name, see(value)]);
    for (const field of all('[data-at]', form)) {
      let value = valueOf(field);
      if (value === undefined) continue;
      if ('secret' in field.dataset) value = see(value);
      const at = JSON.parse(field.dataset.at);
      const name = at.at(-1);
      const { style, explode } = field.dataset;
      if (field.dataset.place === 'path') path = path.replaceAll(`{${name}}`, () => spelled(name, value, style, explode !== undefined, encodeURIComponent));
      if (field.dataset.place === 'query') query.push(...pairs(name, value, style, explode !== undefined));
      if (field.dataset.place === 'header') headers.push([name, spelled(name, value, style, explode !== undefined, String)]);
      if (field.dataset.place === 'body') body = put(body, at, value);
    }
    const fault = one('[data-fault]', form);
    const value = one('[data-fault-value]', form).value;
    if (fault.value) headers.push(['X-Simulator-Fault', value ? `${fault.value}=${value}` : fault.value]);
    const wanted = one('[data-wanted]', form).value;
    if (wanted) headers.push(['Prefer', `code=${wanted}`]);
    const sent = bodyOf(of, body, headers);
    return { method: of.method, path: `/${of.service}${path}${query.length ? `?${query.join('&')}` : ''}`, headers, ...sent };
  }

  /** The body as it is sent, and as text. */
  function bodyOf(of, body, headers) {
    if (body === undefined) return { text: '' };
    if (of.content === 'multipart') {
      const parts = new FormData();
      for (const [name, value] of Object.entries(body)) parts.append(name, value instanceof Blob ? value : plain(value));
      // The browser says which boundary it has.
      return { body: parts, text: [...parts].map(([name, value]) => `${name}: ${value.name ?? value}`).join('\n') };
    }
    headers.push(['Content-Type', of.mediaType]);
    if (body instanceof Blob) return { body, text: body.name };
    const spelled = JSON.parse(of.spelled);
    // What is an object is JSON, as the client sends it.
    const field = ([name, value]) => pairs(name, value, ...spelled[name] ?? [isObject(value) ? 'Json' : 'Form', true]);
    const text = of.content === 'json' ? JSON.stringify(body, null, 2)
      : of.content === 'form' ? Object.entries(body).flatMap(field).join('&') : plain(body);
    return { body: text, text };
  }

  function call(form) {
    const said = one('.actions [data-said]', form);
    const stop = one('[data-stop]', form);
    const pane = one('#answer');
    const secretNames = new Set(JSON.parse(form.dataset.secretNames).map((it) => it.toLowerCase()));
    for (const field of all('[data-policy]', form)) judge(form, field);
    for (const button of all('[data-show]', form)) reveal(button);
    follow(form);

    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const secrets = all('[data-secret]', form).map((it) => it.value).filter((it) => it.length > 3);
      const hide = (text) => secrets.reduce((hidden, it) => hidden.replaceAll(it, HIDDEN), text);
      const request = requestOf(form, (it) => it);
      const shown = requestOf(form, () => HIDDEN);
      show('request', `${shown.method} ${shown.path}`, shown.headers, shown.text);
      show('answer', 'Waiting …', [], '');
      pane.hidden = false;
      pane.scrollIntoView({ block: 'nearest' });
      const waiting = new AbortController();
      stop.hidden = false;
      stop.onclick = () => waiting.abort();
      say(said, 'Waiting …');
      const began = performance.now();
      const took = () => `${Math.round(performance.now() - began)} ms`;
      let line, headers = [], text = '', isGood = false;
      try {
        const answer = await fetch(new URL(request.path, control), {
          method: request.method, headers: request.headers, body: request.body,
          redirect: 'manual', cache: 'no-store', credentials: 'omit', signal: waiting.signal,
        });
        if (answer.type === 'opaqueredirect') {
          line = `A redirect, which is not followed, after ${took()}`;
        } else {
          isGood = answer.ok;
          line = `${answer.status} ${answer.statusText} after ${took()}`;
          headers = [...answer.headers].map(([name, value]) => [name, secretNames.has(name) ? HIDDEN : hide(value)]);
          text = hide(readable(await answer.text(), secretNames));
          line = `${answer.status} ${answer.statusText} after ${took()}`;
        }
      } catch (error) {
        if (request.body && request.method === 'GET') line = 'A web page sends no body with GET; curl does.';
        else if (waiting.signal.aborted) line = `No longer waited for after ${took()}`;
        else line = line ? `${line}; the body broke off` : `No answer: the connection broke after ${took()}`;
        isGood = false;
      }
      stop.hidden = true;
      show('answer', line, headers, text);
      say(said, line, isGood ? 'good' : 'bad');
    });

    function show(side, line, headers, text) {
      const section = one(`[data-shown=${side}]`, pane);
      one('[data-line]', section).textContent = line;
      one('[data-headers]', section).replaceChildren(...headers.flatMap(([name, value]) => {
        const isSecret = value === HIDDEN;
        return [element('dt', name), element('dd', isSecret ? `${HIDDEN} (hidden)` : value)];
      }));
      one('code', section).textContent = text;
    }
  }

  /** JSON with lines and without what is secret in it; other text as it is. */
  function readable(text, secretNames) {
    try {
      return JSON.stringify(JSON.parse(text, function hide(key, value, context) {
        if (secretNames.has(key.toLowerCase()) && value !== null) return HIDDEN;
        return typeof value === 'number' && context?.source && JSON.rawJSON ? JSON.rawJSON(context.source) : value;
      }), null, 2);
    } catch {
      return text;
    }
  }

  /** Says of a password what it breaks, while it is typed. The simulator judges it, as it will later. */
  function judge(form, field) {
    const judged = document.getElementById(`${field.id}-judged`);
    let timer, asked = 0;
    field.addEventListener('input', () => {
      clearTimeout(timer);
      asked += 1;
      const mine = asked;
      if (field.value === '') return say(judged, '', 'judged');
      timer = setTimeout(async () => {
        const { service, operation } = form.dataset;
        const answer = await ask('POST', 'password', { service, operation, password: field.value }).catch(() => undefined);
        const broken = answer?.ok ? (await answer.json()).broken : undefined;
        if (mine !== asked) return;
        field.setAttribute('aria-invalid', String(broken?.length > 0));
        if (broken === undefined) say(judged, 'The simulator does not answer.', 'judged weak');
        else if (broken.length) say(judged, `Breaks the policy: ${broken.join('; ')}.`, 'judged weak');
        else say(judged, 'Keeps the policy.', 'judged strong');
      }, 200);
    });
  }

  function reveal(button) {
    const field = document.getElementById(button.dataset.show);
    button.addEventListener('click', () => {
      const isShown = field.type === 'text';
      field.type = isShown ? 'password' : 'text';
      button.setAttribute('aria-pressed', String(!isShown));
    });
  }

  const WAYS = {
    rust: (text) => JSON.stringify(text).slice(1, -1),
    shell: (text) => text.replaceAll("'", "'\\''"),
    json: (text) => WAYS.shell(JSON.stringify(text).slice(1, -1)),
    address: (text) => encodeURIComponent(text),
  };

  /** Has the samples say what stands in the form. */
  function follow(form) {
    const places = Map.groupBy?.(all('[data-follows]'), (it) => it.dataset.follows) ?? new Map();
    for (const [id, spans] of places) {
      const field = document.getElementById(id);
      if (!field) continue;
      const first = spans.map((it) => it.textContent);
      const initial = field.value;
      const write = () => spans.forEach((span, index) => {
        const isOwn = field.value !== initial && field.value !== '';
        span.textContent = isOwn ? WAYS[span.dataset.way](field.value) : first[index];
        span.classList.toggle('own', isOwn);
      });
      field.addEventListener('input', write);
      form.addEventListener('reset', () => setTimeout(write));
    }
  }

  // ------------------------------------------------------------------ faults

  function fault(choice) {
    const within = choice.closest('form');
    const meaning = one('[data-fault-meaning]', within);
    const tell = () => { meaning.textContent = choice.selectedOptions[0]?.dataset.meaning ?? ''; };
    choice.addEventListener('change', tell);
    tell();
  }

  function rules(section) {
    const list = one('[data-list]', section);
    const form = one('form', section);
    const said = one('[data-said]', section);
    const seed = one('[data-seed]', section);
    let plan = { seed: 0, rules: [] };

    const write = async (next, word) => {
      const answer = await ask('PUT', 'faults', next).catch(() => undefined);
      if (!answer?.ok) {
        const problem = await answer?.json().catch(() => undefined);
        return say(said, problem?.error ?? 'The simulator does not answer.', 'bad');
      }
      plan = next;
      draw();
      return say(said, word, 'good');
    };
    const draw = () => {
      list.replaceChildren(...plan.rules.map((rule, index) => {
        const of = rule.operation ? `${rule.service} ${rule.operation}` : rule.service ?? 'all operations';
        const share = rule.share === undefined ? '' : `${Math.round(rule.share * 1000) / 10} % of calls`;
        const item = element('li', '');
        const remove = element('button', 'Remove', { type: 'button' });
        remove.setAttribute('aria-label', `Remove ${rule.fault} from ${of}`);
        remove.addEventListener('click', () => write({ ...plan, rules: plan.rules.filter((_, at) => at !== index) }, 'Removed.'));
        item.append(element('code', rule.fault), element('span', [of, share].filter(Boolean).join(', ')), remove);
        return item;
      }));
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const word = one('[data-fault]', form).value;
      if (!word) return say(said, 'Choose a fault.', 'bad');
      const value = one('[data-fault-value]', form).value;
      const { of, id } = one('[data-operation-choice]', form).selectedOptions[0].dataset;
      const rule = { ...(id && { service: of, operation: id }), share: Number(one('[data-share]', form).value), fault: value ? `${word}=${value}` : word };
      return write({ ...plan, seed: Number(seed.value), rules: [...plan.rules, rule] }, 'Added.');
    });
    ask('GET', 'faults').then(async (answer) => {
      plan = await answer.json();
      plan.rules ??= [];
      seed.value = plan.seed ?? 0;
      draw();
    }).catch(() => say(said, 'The simulator does not answer.', 'bad'));
  }

  // ------------------------------------------------------------------ ledger

  /** How many rows are shown. */
  const ROWS = 200;

  function ledger(section) {
    const rows = one('[data-entries]', section);
    const count = one('[data-count]', section);
    let newest = 0, total = 0;
    const add = (entry) => {
      if (entry.number <= newest) return;
      newest = entry.number;
      total += 1;
      const row = element('tr', '');
      const cell = (text, className = '') => {
        const made = element('td', text ?? '', { className });
        row.append(made);
        return made;
      };
      cell(entry.number);
      cell(entry.status ?? 'none');
      const request = cell(entry.operation && `${entry.service} ${entry.operation}`, 'wide');
      request.append(' ', element('span', `${entry.method} ${entry.path}`, { className: 'call-line' }));
      cell(entry.processed ? 'yes' : 'no');
      cell(entry.fault);
      cell(entry.reason, entry.reason ? 'wide' : '');
      cell(`${(entry.at_ms / 1000).toFixed(3)} s`);
      rows.prepend(row);
      if (rows.rows.length > ROWS) rows.deleteRow(-1);
      count.textContent = `${total} ${total === 1 ? 'request' : 'requests'}`;
    };
    const read = async () => {
      const answer = await ask('GET', `ledger?after=${newest}`);
      for (const entry of (await answer.json()).entries) add(entry);
    };
    const news = new EventSource(new URL('ledger/events', control));
    const empty = (word) => {
      rows.replaceChildren();
      newest = total = 0;
      count.textContent = word;
    };
    // What arrived before. Who is connected again may have another simulator before them.
    news.addEventListener('open', () => {
      empty('Nothing has arrived.');
      read().catch(() => {});
    });
    news.addEventListener('message', (event) => {
      const entry = JSON.parse(event.data);
      if (entry.number > newest + 1) read().catch(() => {});
      else add(entry);
    });
    one('[data-clear]', section).addEventListener('click', async () => {
      const answer = await ask('DELETE', 'ledger').catch(() => undefined);
      if (answer?.ok) empty('Nothing has arrived since.');
    });
    addEventListener('pagehide', () => news.close());
  }

  document.addEventListener('DOMContentLoaded', () => {
    const parts = { '#filter': filter, '[data-copy]': copy, 'form[data-call]': call, '[data-fault]': fault, '[data-rules]': rules, '[data-ledger]': ledger };
    for (const [selector, begin] of Object.entries(parts)) all(selector).forEach(begin);
  });
})();
