// Puts sections in another order at once, by the arrow buttons or by dragging. Without this script the buttons ask the server.
const list = () => document.getElementById('parts-list');
const rows = () => [...list().querySelectorAll('li[data-part]')];

document.getElementById('handout')?.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  const [act] = button?.value.split(':') ?? [];
  if (act === 'order') showArrows(button);
  else if (act === 'up' || act === 'down') step(button, act);
  else return;
  event.preventDefault();
});

function showArrows(button) {
  const shown = list().classList.toggle('ordering');
  button.setAttribute('aria-pressed', String(shown));
  document.getElementById('ordering').value = shown ? 'yes' : '';
}

function step(button, act) {
  const row = button.closest('li');
  const other = rows()[rows().indexOf(row) + (act === 'up' ? -1 : 1)];
  if (other === undefined) return;
  if (act === 'up') other.before(row);
  else other.after(row);
  button.focus();
  // At either end of the list this arrow is hidden and can't have the focus; the one back can.
  if (document.activeElement !== button) row.querySelector(`.move button:not(#${button.id})`).focus();
  moved(row);
}

/** Tells a screen reader where it stands now, and the form that something has changed. */
function moved(row) {
  document.getElementById('moved').textContent = `${row.dataset.part}: ${rows().indexOf(row) + 1} of ${rows().length}`;
  row.dispatchEvent(new Event('input', { bubbles: true }));
}

let dragged = null;
document.getElementById('handout')?.addEventListener('pointerdown', ({ target, button }) => {
  const row = target.closest('.ordering li[data-part]');
  if (row === null || button !== 0 || target.closest('button, label') !== null) return;
  dragged = { row, from: rows().indexOf(row) };
  row.classList.add('dragged');
});
document.addEventListener('pointermove', (event) => {
  if (dragged === null) return;
  event.preventDefault();
  const over = rows().find((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return event.clientY >= top && event.clientY < bottom;
  });
  if (over === undefined || over === dragged.row) return;
  if (rows().indexOf(over) < rows().indexOf(dragged.row)) over.before(dragged.row);
  else over.after(dragged.row);
});
for (const end of ['pointerup', 'pointercancel']) {
  document.addEventListener(end, () => {
    if (dragged === null) return;
    const { row, from } = dragged;
    dragged = null;
    row.classList.remove('dragged');
    if (rows().indexOf(row) !== from) moved(row);
  });
}
