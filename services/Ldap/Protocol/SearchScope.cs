namespace Integration.Ldap.Protocol;

/// <summary>How far a search goes from its base.</summary>
internal enum SearchScope
{
    /// <summary>The base itself.</summary>
    Entry = 0,

    /// <summary>What is directly below the base.</summary>
    Children = 1,

    /// <summary>The base and everything below it.</summary>
    Subtree = 2,
}
