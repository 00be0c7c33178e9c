using Integration.Mail.Addresses;

namespace Integration.Mail.Accounts;

/// <summary>What can be wrong with an account, told by setting.</summary>
internal static class AccountRules
{
    public static IEnumerable<string> Check(string name, AccountOptions account)
    {
        if (Uri.CheckHostName(account.Host) == UriHostNameType.Unknown)
            yield return $"{name}__Host: '{account.Host}' is no host. Name the mail server, e.g. smtp.example.org.";
        if (account.Port is < 1 or > 65535)
            yield return $"{name}__Port must be between 1 and 65535.";
        if (account.HelloName.Length > 0 && Uri.CheckHostName(account.HelloName) != UriHostNameType.Dns)
            yield return $"{name}__HelloName: '{account.HelloName}' is no host name. Remove it to use our IP address.";
        foreach (var problem in Senders(name, account.From).Concat(Secrets(name, account)))
            yield return problem;
    }

    private static IEnumerable<string> Senders(string name, string from)
    {
        if (SenderRules.Split(from).Length == 0)
            yield return $"{name}__From is empty, so that nobody could send. Name the senders that tasks may use, e.g. "
                + "billing@example.org or *@example.org.";
        foreach (var rule in SenderRules.Split(from).Where(rule => !SenderRules.IsRule(rule)))
            yield return $"{name}__From: '{rule}' is no sender. Write an address (billing@example.org) or all of a domain "
                + "(*@example.org).";
    }

    private static IEnumerable<string> Secrets(string name, AccountOptions account)
    {
        var password = account.Password.Length > 0 || account.PasswordFile.Length > 0;
        var token = account.Token.Length > 0 || account.TokenFile.Length > 0;
        if (account.Password.Length > 0 && account.PasswordFile.Length > 0)
            yield return $"{name}__Password and {name}__PasswordFile are both set. Keep one of them.";
        if (account.Token.Length > 0 && account.TokenFile.Length > 0)
            yield return $"{name}__Token and {name}__TokenFile are both set. Keep one of them.";
        foreach (var file in new[] { account.PasswordFile, account.TokenFile }.Where(file => file.Length > 0))
        {
            if (!File.Exists(file))
                yield return $"{name}: there is no file '{file}'. Correct PasswordFile or TokenFile.";
        }

        if (account.User.Length == 0 && (password || token))
            yield return $"{name}__User is empty, but there is a password or token. Name the user it belongs to.";
        if (account.User.Length == 0)
            yield break;
        if (account.Security == AccountSecurity.None)
            yield return $"{name}__Security is None, so that the password would be readable on the way. Use StartTls or "
                + "ImplicitTls, or remove User.";
        if (!password && !token)
            yield return $"{name}__User is set without a secret. Set {name}__PasswordFile or {name}__TokenFile.";
        if (password && token && account.Authentication == AccountAuthentication.Auto)
            yield return $"{name} has a password and a token. Keep one of them, or set {name}__Authentication.";
        if (!password && account.Authentication is AccountAuthentication.Plain or AccountAuthentication.Login)
            yield return $"{name}__Authentication needs a password. Set {name}__PasswordFile.";
        if (!token && account.Authentication == AccountAuthentication.XOAuth2)
            yield return $"{name}__Authentication needs a token. Set {name}__TokenFile.";
    }
}
