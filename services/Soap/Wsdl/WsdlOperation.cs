using Integration.Soap.Mapping;

namespace Integration.Soap.Wsdl;

/// <summary>An operation of a port.</summary>
public sealed record WsdlOperation
{
    /// <summary>Unique in its port.</summary>
    public required string Name { get; init; }

    /// <summary>What the WSDL says about it, without markup; null for nothing.</summary>
    public string? Documentation { get; init; }

    /// <summary>How its bodies are made.</summary>
    public OperationStyle Style { get; init; }

    /// <summary>The SOAP action; empty when there is none.</summary>
    public string SoapAction { get; init; } = "";

    /// <summary>The action by WS-Addressing: as declared, or as its rules make it.</summary>
    public string AddressingAction { get; init; } = "";

    /// <summary>The names of the faults that it declares.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>There is no answer but an accepted request.</summary>
    public bool IsOneWay { get; init; }

    /// <summary>Why it cannot be called, as a sentence that names what is not supported; null when it can.</summary>
    public string? Refusal { get; init; }

    /// <summary>What is said and answered; null when it cannot be called.</summary>
    public IMessageMapping? Messages { get; init; }
}
