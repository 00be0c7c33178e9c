namespace Integration.Ldap.Add;

/// <summary>What to do when the entry is there already.</summary>
internal enum ExistingEntry
{
    /// <summary>The task fails.</summary>
    Fail,

    /// <summary>It is kept as it is, and the task has done its work.</summary>
    Keep,
}
