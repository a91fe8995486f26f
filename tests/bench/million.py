"""million: a site as large as we mean it: a million subscribers, and a bank of 64 modems."""
import commit
import sms


def run(table, options):
    commit.run(table, options)
    sms.run(table, options, [setting for setting in sms.SETTINGS if setting[1] >= sms.MANY_MODEMS])
