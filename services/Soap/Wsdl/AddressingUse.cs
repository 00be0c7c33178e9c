namespace Integration.Soap.Wsdl;

/// <summary>What a binding says about WS-Addressing.</summary>
public enum AddressingUse
{
    /// <summary>The binding does not mention it.</summary>
    None,

    /// <summary>It is understood (<c>UsingAddressing</c> without <c>required</c>).</summary>
    Optional,

    /// <summary>It must be used.</summary>
    Required,
}
