// What the customers and the staff of the demo write. All of it is invented.

/// The words of one provider's tickets.
struct DemoTexts: Sendable {
    /// About the provider's own product: a subject, a bar, and what happened.
    let own: [String]

    func story(_ number: Int) -> (subject: String, text: String) {
        // Two of the product's own to one that any product may have.
        let line =
            number % 3 < 2
            ? own[(number / 3 * 2 + number % 3) % own.count] : Self.common[number / 3 % Self.common.count]
        let parts = line.split(separator: "|", maxSplits: 1)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }

    private static func one(_ texts: [String], _ number: Int) -> String { texts[number * 7 % texts.count] }

    func answer(_ number: Int) -> String { Self.one(Self.answers, number) }
    func question(_ number: Int) -> String { Self.one(Self.questions, number) }
    func reply(_ number: Int) -> String { Self.one(Self.replies, number) }
    func note(_ number: Int) -> String { Self.one(Self.notes, number) }
    func reason(_ number: Int) -> String { Self.one(Self.reasons, number) }
    func diagnosis(_ number: Int) -> String { Self.one(Self.diagnoses, number) }
    func solution(_ number: Int) -> String { Self.one(Self.solutions, number) }
    var agreement: String { "Se acordó por teléfono con el cliente." }

    static func named(_ key: String) -> DemoTexts? { all[key].map { DemoTexts(own: $0) } }

    // MARK: What anybody may write

    private static let common = [
        "No podemos entrar desde la oficina nueva|Nos cambiamos de edificio el fin de semana y desde la red nueva la página se queda en blanco. Desde el celular sí entra.",
        "Solicitud de usuario para una compañera|Necesitamos una cuenta para Maribel Sotelo, que empieza el lunes en administración, con los mismos permisos que la mía.",
        "El sistema está muy lento desde ayer por la tarde|Cada pantalla tarda más de un minuto. Probamos en tres computadoras y en dos navegadores.",
        "No llega el correo para cambiar la contraseña|Lo pedí cuatro veces desde las nueve y no aparece ni en los no deseados.",
        "¿Cómo descargamos el reporte del mes completo?|Solo nos deja elegir quince días y contabilidad necesita el mes cerrado.",
        "Al exportar a Excel se pierden los acentos|Los nombres salen con símbolos. Adjunto un archivo de ejemplo en cuanto me digan cómo.",
        "Dos sucursales aparecen repetidas en el catálogo|La de Centro y la de Norte están dos veces y los movimientos se reparten entre ambas.",
        "Pedimos capacitación para tres personas|Entraron tres compañeros a operaciones y queremos agendar una sesión de una hora.",
        "Los avisos llegan con una hora de diferencia|Programamos el aviso a las 8:00 y llega a las 9:00 a todos los usuarios.",
        "Necesitamos copia de la información de 2025|Nos la pide el auditor externo antes del día 30.",
        "La aplicación del teléfono se cierra sola|Al abrir el menú de consultas se cierra. Teléfono con Android 14.",
        "Queja por el tiempo de respuesta del ticket anterior|Tardaron tres días en contestarnos y el cliente final nos reclamó.",
        "Cambio de razón social|A partir de diciembre facturamos con otra razón social; ¿qué debemos actualizar?",
        "Aparece un mensaje de licencia vencida|Renovamos en octubre y de todos modos aparece el aviso amarillo en la parte de arriba.",
    ]

    private static let answers = [
        "Buen día. Ya revisamos su caso y lo estamos reproduciendo en nuestro ambiente. En cuanto tengamos un avance le escribimos por aquí.",
        "Gracias por el detalle. Confirmamos que el problema se presenta también en nuestras pruebas; el equipo ya trabaja en él.",
        "Buenas tardes. Hablamos con usted por teléfono y quedamos en revisar la configuración de su cuenta. Le avisamos al terminar.",
        "Hola. Aplicamos un ajuste en su cuenta. Seguimos observando el comportamiento durante el día.",
        "Recibimos su reporte. Mientras lo resolvemos, puede usar la versión anterior del módulo desde el menú Herramientas.",
    ]

    private static let questions = [
        "Para seguir necesitamos saber desde qué equipo y navegador ocurre, y a qué hora fue la última vez. ¿Nos lo puede indicar?",
        "¿Podría enviarnos una captura de la pantalla completa con el mensaje? Con eso ubicamos el registro.",
        "¿Le ocurre con todos los usuarios o solo con el suyo? Si puede probar con otro y contarnos, avanzamos más rápido.",
    ]

    private static let replies = [
        "Ocurre con todos los usuarios, también en otra computadora. La última vez fue hoy a las 8:40.",
        "Hicimos la prueba que nos pidieron y sigue igual. El mensaje es el mismo.",
        "Gracias. Ya envié la captura a mi compañero para que la suba; aparece desde la última actualización.",
        "Con el ajuste funcionó un rato y después volvió a fallar.",
    ]

    private static let notes = [
        "Revisé la bitácora: la petición llega y se corta a los 30 segundos. Parece el mismo caso de la semana pasada.",
        "El cliente está molesto, conviene llamarle antes de cerrar.",
        "Lo reproduje con los datos de prueba. No depende del navegador.",
    ]

    private static let reasons = [
        "No se resuelve con los cambios que nivel 1 puede hacer.", "Hace falta revisar la base de datos.",
        "Es un error del producto que hay que corregir.",
    ]

    private static let diagnoses = [
        "Se reproduce siempre con los datos del cliente y nunca con los de prueba. El error aparece al guardar.",
        "El servicio responde, pero la consulta tarda más que el límite. Versión actual, ambiente de producción.",
        "Se descartó la red del cliente: ocurre también desde la nuestra. No es un problema conocido.",
    ]

    private static let solutions = [
        "Corregimos la configuración y lo comprobamos con su usuario. ¿Nos confirma que ya quedó?",
        "El problema venía de un dato duplicado; lo depuramos y ya puede trabajar con normalidad.",
        "Instalamos la corrección en su ambiente. Por favor, entre de nuevo y confírmenos.",
    ]

    // MARK: Each product's own

    private static let all = [
        "factupronto": [
            "Error CFDI40102 al timbrar facturas globales|Desde las 9:10 ninguna factura global timbra. El mensaje dice que el resultado de la digestión no coincide con el sello.",
            "No se cancela una factura de octubre|El cliente ya aceptó la cancelación en su buzón y aquí sigue como vigente.",
            "El complemento de pago calcula mal el saldo|En pagos parciales con dos monedas, el saldo insoluto queda negativo.",
            "El certificado de sello vence la próxima semana|¿Cómo subimos el nuevo sin detener la facturación de las sucursales?",
            "La carta porte no acepta el código postal de origen|Nos marca que 97100 no corresponde al municipio y sí corresponde.",
            "Faltan facturas en el reporte de ventas de la semana|Son siete de la sucursal Centro, todas del martes por la tarde.",
            "El PDF sale sin el logotipo|Cambiamos el logotipo y en la vista previa se ve, pero en el PDF no.",
            "No timbra la nómina de la segunda quincena|Se queda en «procesando» desde hace dos horas; son 84 recibos.",
            "Cliente extranjero sin RFC|¿Con qué datos facturamos a un cliente de Guatemala?",
            "La consulta de folios restantes no abre|Aparece una pantalla vacía al dar clic en Mi paquete.",
            "Duplicado al reenviar por correo|Cada factura le llega dos veces al receptor.",
            "Cambiar la serie de una sucursal|Queremos que la sucursal de Mérida use la serie MID desde enero.",
        ],
        "ingressio": [
            "El reloj de la entrada no registra huellas|Desde el cambio de turno de las 6:00 nadie puede checar en la puerta 2.",
            "Las horas extra no se suman los sábados|En la prenómina los sábados aparecen en cero aunque hay registros.",
            "No se sincronizan los empleados nuevos|Dimos de alta a 14 personas y solo 9 llegaron a los equipos.",
            "Reporte de retardos con horario equivocado|Toma el horario de invierno para el turno nocturno.",
            "Equipo biométrico apagado en planta norte|No enciende ni con otro cargador. Tiene un año y tres meses.",
            "Justificar faltas por incapacidad|¿Dónde se captura para que no cuente como falta?",
            "La puerta del almacén queda abierta|El relevador no regresa después de una lectura correcta.",
            "El archivo para la nómina tiene columnas de más|Nuestro sistema espera ocho y llegan nueve desde la actualización.",
            "No podemos borrar a un empleado dado de baja|Dice que tiene registros pendientes y no muestra cuáles.",
            "Lector facial no reconoce con cubrebocas|En el área estéril es obligatorio usarlo.",
            "Vacaciones con saldo negativo|A tres personas les aparece saldo de menos dos días.",
            "Horario rotativo de tres semanas|¿Se puede programar una rotación que cambie cada 21 días?",
        ],
        "seres": [
            "Las facturas a la cadena comercial quedan rechazadas|El portal del receptor devuelve el código 217 en todas las de hoy.",
            "No recibimos los acuses de las órdenes de compra|Desde el lunes el buzón está vacío y el proveedor insiste en que las envió.",
            "Alta de un nuevo socio de negocio|Empezamos a vender a una cadena de farmacias y piden intercambio electrónico.",
            "El mapa de addenda no incluye el número de pedido|Lo agregaron como obligatorio a partir de noviembre.",
            "Duplicidad de documentos enviados|Tres facturas se transmitieron dos veces anoche.",
            "Servicio de recepción fuera de operación|El buzón responde con error 503 desde las 7:15.",
            "Cambio de correo para notificaciones|Los avisos deben llegar a cuentas por pagar y no a sistemas.",
            "Archivo plano con longitud incorrecta|El campo de cantidad trae dos decimales de más.",
            "Certificado de la conexión por vencer|Nos llegó un aviso; ¿quién lo renueva?",
            "No aparece el histórico de marzo|La consulta empieza en abril y necesitamos aclarar un cobro.",
            "Reproceso de documentos detenidos|Hay 46 documentos en cola desde ayer por la noche.",
            "Permisos para consultar solo una sucursal|El usuario de Coatepec ve las de todos.",
        ],
        "bizflow": [
            "Las aprobaciones de compra no avanzan|Se quedan en el paso de gerencia aunque ya se aprobaron.",
            "El formulario de viáticos pierde el adjunto|Al regresar a corregir un dato hay que subir otra vez el comprobante.",
            "Regla nueva para montos mayores a 50,000|Queremos que además apruebe la dirección financiera.",
            "Tareas asignadas a una persona que ya no está|Son 23 y no se pueden reasignar todas juntas.",
            "El tablero de indicadores no se actualiza|Muestra los datos del viernes.",
            "No se puede firmar un contrato|El botón aparece gris para todos los usuarios del área legal.",
            "Conexión con el sistema contable caída|Las pólizas no se envían desde las 11:00.",
            "El flujo de altas manda dos correos|Uno con el nombre correcto y otro vacío.",
            "Cambiar el texto del aviso de vencimiento|Dice «su tarea venció» un día antes.",
            "Búsqueda sin resultados con acentos|Si escribo León no encuentra nada y con Leon sí.",
            "Copiar un flujo a otra empresa del grupo|¿Hay manera de no rehacerlo a mano?",
            "Historial incompleto de una solicitud|Falta quién la rechazó el día 4.",
        ],
        "proware": [
            "El tablero de supervisores no muestra a los agentes conectados|Los agentes reciben llamadas con normalidad, pero en el tablero aparecen como ausentes.",
            "Las llamadas entrantes se cortan a los 30 segundos|Ocurre en la línea principal desde el mediodía.",
            "No llegan los mensajes de WhatsApp al buzón de citas|El último entró ayer a las 18:20.",
            "El reporte de tiempos de espera tarda más de cinco minutos|Antes salía en segundos. Lo usamos cada mañana.",
            "No podemos exportar las grabaciones de la semana pasada|La descarga se detiene en 12 %.",
            "El enrutamiento por horario no tomó en cuenta el festivo|El lunes las llamadas timbraron en una oficina vacía.",
            "Las encuestas de satisfacción se envían dos veces|Los clientes se quejan y bajó la calificación.",
            "Error 504 al cargar la base de contactos|El archivo tiene 40.000 filas, como el del mes pasado.",
            "Permitir firmas distintas en cada buzón|Ventas y soporte necesitan textos propios.",
            "Al informe mensual le falta la columna de abandonadas|Aparecía hasta septiembre.",
            "Un agente no escucha al cliente|Cambiamos diadema y computadora y sigue igual.",
            "El correo de bienvenida llega sin el logotipo|En la vista previa se ve bien.",
        ],
    ]
}
