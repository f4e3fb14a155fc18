/** The container for toasts on every page: at the bottom, above all content, so that toasts don't move anything. */
let place: HTMLElement | null = null;

/** The element that toasts are rendered into; created with the first one. */
export function toastContainer(): HTMLElement {
  if (place === null) {
    place = document.createElement('div');
    place.className = 'toasts';
    document.body.append(place);
  }
  return place;
}
