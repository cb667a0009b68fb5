/** «Paris» for Europe/Paris: people know the city. */
export function zoneWords(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}
