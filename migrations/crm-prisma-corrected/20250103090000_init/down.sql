DROP TABLE "webhook_logs";
DROP TABLE "jobs";
DROP TABLE "customers";
DROP TABLE "users";
DROP TYPE "JobStatus";
DROP TYPE "CustomerStatus";
DROP TYPE "UserRole";
