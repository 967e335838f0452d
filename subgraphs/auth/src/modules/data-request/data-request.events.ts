/** What auth asks all domains for, so that an export or an erasure is whole. */
export { memberDataRequests } from '@community/kit/member-data';
