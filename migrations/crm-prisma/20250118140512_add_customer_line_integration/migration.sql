-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "lineUserId" TEXT,
ADD COLUMN     "preferredChannel" TEXT NOT NULL DEFAULT 'PHONE';

-- CreateIndex
CREATE UNIQUE INDEX "customers_lineUserId_key" ON "customers"("lineUserId");

-- CreateIndex
CREATE UNIQUE INDEX "customers_email_key" ON "customers"("email");

-- CreateIndex
CREATE INDEX "customers_status_idx" ON "customers"("status");
