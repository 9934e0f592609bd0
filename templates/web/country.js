// Shows the crisis line of the country that is chosen. Without this script the page shows the saved country's.
const country = document.getElementById('country');
const printed = document.getElementById('printed');

country?.addEventListener('change', () => {
  const { line } = country.selectedOptions[0].dataset;
  printed.querySelector('strong').textContent = line ?? printed.dataset.none;
});
