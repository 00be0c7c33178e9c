namespace Integration.Soap.Wsdl;

/// <summary>How the body of a message is made. Always literal: encoded bodies are refused.</summary>
public enum OperationStyle
{
    /// <summary>One element of the schema, wrapped or bare; or nothing.</summary>
    Document,

    /// <summary>An element with the operation's name that holds the parts.</summary>
    Rpc,
}
