import { z } from 'zod';
import { customerSchema } from '../contract/request-schema';
import { PROVIDERS } from '../contract/names';

const limit = z
  .int('must be a whole number')
  .min(1, 'must be at least 1; to let nothing in, say "paused: true" of the account');

const customerLimits = { slots: limit.optional(), creditsPerDay: limit.optional() };

const accountSchema = z.strictObject({
  provider: z.enum(PROVIDERS),
  /** As `APIFRAME_ACCOUNT` or `TRYITON_ACCOUNT` names it. */
  account: z.string().min(1).default('default'),
  slots: limit.optional(),
  submissionsPerMinute: limit.optional(),
  creditsPerDay: limit.optional(),
  paused: z.boolean().default(false),
  eachCustomer: z.strictObject(customerLimits).default({}),
  customers: z.array(z.strictObject({ customer: customerSchema, ...customerLimits })).default([]),
});

/** What `accounts.yaml` holds. */
export const accountsSchema = z
  .strictObject({ accounts: z.array(accountSchema) })
  .superRefine(({ accounts }, context) => {
    accounts.forEach(({ provider, account, customers }, index) => {
      if (accounts.findIndex((one) => one.provider === provider && one.account === account) < index)
        context.addIssue({
          code: 'custom',
          path: ['accounts', index],
          message: `${provider} (${account}) is there twice`,
        });
      customers.forEach(({ customer }, at) => {
        if (customers.findIndex((one) => one.customer === customer) < at)
          context.addIssue({
            code: 'custom',
            path: ['accounts', index, 'customers', at],
            message: `the customer ${customer} is there twice`,
          });
      });
    });
  });

export type AccountEntry = z.infer<typeof accountSchema>;
