namespace Integration.Sdk;

/// <summary>
/// On a property of an operation's input: <c>{{secrets.NAME}}</c> may stand in it. Everywhere else it is refused, as it
/// would be sent as it is.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class MayHoldSecretsAttribute : Attribute;
