using Integration.Errors;
using Integration.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Mail.Accounts;

/// <summary>The accounts of the configuration, by name.</summary>
internal sealed class MailAccounts(IOptions<MailOptions> options, SecretMask mask)
{
    public MailAccount Find(string name)
    {
        var accounts = options.Value.Accounts;
        if (accounts.TryGetValue(name, out var account))
            return new MailAccount(name, account, mask);
        var known =
            accounts.Count == 0 ? "None is configured" : $"There are: {string.Join(", ", accounts.Keys.Order())}";
        throw InvalidInput.At(
            "account",
            $"names '{name}', which this service does not have. {known} (Mail__Accounts)."
        );
    }
}
