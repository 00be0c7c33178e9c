using Integration.Soap.Security;

namespace Integration.Soap.Call;

/// <summary>A user name token of the task's own, in the place of the one in the settings of the service.</summary>
/// <param name="UserName">As the server knows it.</param>
/// <param name="Password">
/// Names a secret, <c>{{secrets.NAME}}</c>. Written out it is refused, as tasks are stored.
/// </param>
/// <param name="PasswordType"><c>text</c>, which needs TLS, or <c>digest</c>. The default value is <c>text</c>.</param>
public sealed record TaskToken(string UserName, string Password, PasswordType PasswordType = PasswordType.Text)
{
    /// <summary>Without what is in it: a record would show all of its values.</summary>
    public override string ToString() => nameof(TaskToken);
}
