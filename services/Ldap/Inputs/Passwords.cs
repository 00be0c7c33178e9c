using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Ldap.Servers;

namespace Integration.Ldap.Inputs;

/// <summary>
/// Passwords in inputs. A server takes either the names of secrets or passwords themselves, never both: who types
/// <c>{{secrets.NAME}}</c> as a password must not be let in with the secret.
/// </summary>
[Raises(
    ErrorCategory.Access,
    "not-encrypted",
    "A password would be readable on the way.",
    "Set `Ldap__Servers__NAME__StartTls` to Required, or use ldaps://."
)]
[RaisesFrom(typeof(Secrets))]
internal sealed class Passwords(Secrets secrets)
{
    /// <summary>The password that is sent.</summary>
    public ValueTask<string> RevealAsync(LdapServer server, string text, string field, CancellationToken cancellation)
    {
        Check(server, text, field);
        return server.PasswordsInTasks
            ? ValueTask.FromResult(text)
            : secrets.RevealAsync(text, server.Host, server.Port, field, cancellation);
    }

    /// <summary>Refuses a password that must not be sent.</summary>
    public static void Check(LdapServer server, string text, string field)
    {
        if (text.Length == 0)
            throw InvalidInput.At(field, "is empty. Many servers would take that for an anonymous login.");
        if (!server.PasswordsInTasks && !Secrets.AreIn(text))
            throw InvalidInput.At(
                field,
                "is a password in the task itself, where engine, broker and error treatment store it. Name a secret "
                    + $"({{{{secrets.NAME}}}}), or allow it with Ldap__Servers__{server.Name}__PasswordsInTasks."
            );
        CheckEncrypted(server);
    }

    /// <summary>Refuses what must not be read on the way, when it could be.</summary>
    public static void CheckEncrypted(LdapServer server)
    {
        if (!server.IsEncrypted)
            throw new AccessErrorException(
                "not-encrypted",
                $"A password would be readable on the way to {server.Target}. Set Ldap__Servers__{server.Name}__StartTls to Required, "
                    + "or use ldaps://."
            )
            {
                Status = -1,
                Target = server.Target,
            };
    }
}
