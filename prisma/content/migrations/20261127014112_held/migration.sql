SET LOCAL lock_timeout = '2s';

-- AlterEnum
ALTER TYPE "visibility" ADD VALUE 'HELD';
