/** To be imported first: graphql-js compares types the slow way unless it finds this when it is loaded. */
process.env.NODE_ENV ??= 'production';
