/** Where toasts are, on every page: at the bottom, above everything else, so that nothing moves when one comes. */
let place: HTMLElement | null = null;

/** The element that toasts are drawn into; made with the first. */
export function toastContainer(): HTMLElement {
  if (place === null) {
    place = document.createElement('div');
    place.className = 'toasts';
    document.body.append(place);
  }
  return place;
}
