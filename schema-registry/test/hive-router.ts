/** How Hive Router gets a variant from a registry and reports its use, as an operator writes it. */
export function fedByRegistry(options: { registryUrl: string; key: string; graphRef: string; things: string }) {
  const { registryUrl, key, graphRef, things } = options;
  return {
    supergraph: { source: 'apollo_graphos', graph_ref: graphRef, key, endpoint: `${registryUrl}/uplink` },
    override_subgraph_urls: { subgraphs: { things: { url: `${things}/graphql` } } },
    telemetry: {
      client_identification: {
        name_header: 'apollographql-client-name',
        version_header: 'apollographql-client-version',
      },
      hive: {
        token: key,
        usage_reporting: {
          enabled: true,
          endpoint: `${registryUrl}/usage/${graphRef}`,
          process_variables: true,
          flush_interval: '500ms',
        },
      },
    },
  };
}
