/** How many calls of its frontend Temporal has answered since it began, by their names. */
export async function requestsAtTemporal(metricsUrl: string): Promise<(operation: string) => number> {
  const text = await (await fetch(metricsUrl)).text();
  const rows = [...text.matchAll(/^service_requests\{([^}]*)\} (\S+)$/gm)];
  return (operation) =>
    rows
      .filter(
        ([, labels = '']) =>
          labels.includes(`operation="${operation}"`) && labels.includes('service_name="frontend"'),
      )
      .reduce((sum, [, , count]) => sum + Number(count), 0);
}
