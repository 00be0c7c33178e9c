namespace Integration.Soap.Security;

/// <summary>What of a message is signed.</summary>
[Flags]
public enum SignedParts
{
    /// <summary>Nothing is signed.</summary>
    None = 0,

    /// <summary>The body.</summary>
    Body = 1,

    /// <summary>The timestamp of the security header.</summary>
    Timestamp = 2,

    /// <summary>The headers of WS-Addressing.</summary>
    Addressing = 4,

    /// <summary>The user name token.</summary>
    UserName = 8,
}
