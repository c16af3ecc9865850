/** Lists items for a message, such as `a, b and 3 more`. @param max how many to show */
export function listed(items: readonly (string | number)[], max: number): string {
  const shown = items.slice(0, max).join(", ");
  return items.length > max ? `${shown} and ${items.length - max} more` : shown;
}
