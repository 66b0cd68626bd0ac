// The words that whoever guesses passwords tries first, in Spanish and English, without accents and in lower case.

enum CommonWords {
    static let all = Set(
        [access, affection, people, places, football, things, beliefs, play, calendar, office, profane, patterns]
            .flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) })

    private static let access = """
        atiende contrasena contrasenia contrasenya contra clave claves miclave password passwords passwd pass passw
        passcode passphrase palabra santoysena secreto secreta secret acceso access entrada entrar entra enter login
        logon logueo inicio sesion usuario usuarios user users username invitado guest admin admins administrador
        administradora administrator administracion superusuario superuser supervisor operador operator root toor
        master maestro maestra sistema sistemas system systems soporte support ayuda help mesadeayuda helpdesk
        ticket tickets cliente clientes client customer bienvenido bienvenida bienvenidos bienvenidas welcome hola
        hello hi saludos adios bye gracias thanks abrete abretesesamo sesamo sesame opensesame dejameentrar letmein
        changeme cambiame cambiar change cambialo temporal temp temporary provisional prueba pruebas probar test
        tests testing tester demo ejemplo example sample default defecto nuevo nueva new vacio ninguno ninguna none
        nada null nothing noseque nose nolose olvide olvidada olvidado olvidar forgot seguro segura seguridad secure
        security safe privado privada private personal llave llaves key keys candado codigo code pin token cuenta
        account correo email mail mypass mypassword micontrasena micontra mipassword micuenta trustno trustnoone
        whatever cualquiera qwerty qwertz azerty
        """

    private static let affection = """
        teamo teamomucho teamoamor teamare tequiero tequieromucho tkm tqm amor amores amorcito miamor miamorcito
        amormio amoreterno amorporsiempre love lover loves loveyou iloveyou iloveu ily myloves mylove loveme lovely
        carino corazon micorazon heart hearts mivida vida life micielo cielo bebe bebes bebita bebito mibebe baby
        babygirl babyboy nena nene ninia nina nino princesa princesita princess principe prince reina rey queen king
        hermosa hermoso bonita bonito linda lindo preciosa precioso beautiful bella bello guapa guapo sexy hot
        tesoro mitesoro gordita gordito gorda gordo flaca flaco negra negrita negro negrito chiquita chiquito chulo
        chula muneca munequita bombon dulce dulzura sweet sweety sweetie honey sugar mami mama mamita papi papa
        papito mamaypapa familia mifamilia family hijo hija hijos mishijos hermano hermana hermanos abuela abuelo
        esposo esposa novio novia amigo amiga amigos amigas amistad friend friends friendship siempre porsiempre
        forever juntos eterno eternamente tuyyo yo tu nosotros felicidad feliz happy sonrisa sonrie smile besos beso
        kiss kisses abrazo sueno suenos dream dreams single soltero soltera forget nunca jamas never always
        """

    private static let people = """
        maria jose juan carlos luis jorge pedro pablo miguel angel manuel antonio francisco javier alejandro
        alejandra andres andrea daniel daniela david diego eduardo fernando fernanda gabriel gabriela gerardo
        guillermo gustavo hector hugo ivan jaime jesus joaquin julio julia julian juliana leonardo lorenzo marco
        marcos mario martin martha marta mauricio mateo nicolas oscar rafael ramon raul ricardo roberto rodrigo
        ruben salvador samuel santiago sebastian sergio tomas valentina valeria vanessa veronica vicente victor
        victoria viviana ximena yolanda ana anita adriana alberto alfredo alicia alma alonso amanda angela angelica
        angie beatriz bernardo blanca brenda bruno camila camilo carla carmen carolina catalina cecilia cesar
        claudia cristian cristina cristobal diana dolores edgar elena elisa elizabeth emilia emiliano emilio enrique
        ernesto esteban estefania esther eva fabian fatima felipe felix flor florencia gilberto gloria graciela
        ignacio ines irene isabel isabella isaac jacobo jessica jimena joana johana jonathan josefa josue juana
        juanita karen karina karla laura leticia lety lilia liliana lucas lucia lucy luisa luz marcela margarita
        mariana maribel maricarmen marina marisol martina mayra melissa mercedes michel michelle miriam monica
        monserrat nancy natalia nelson nora norma olga omar pamela paola patricia patty paty paula pepe pilar
        priscila rebeca regina renata rene rocio rodolfo rogelio romina rosa rosario roxana salome sandra santos
        sara saul silvia simon sofia sonia stephanie susana tania tatiana teresa vero violeta wendy yadira yesenia
        zoe mariajose juancarlos luisfernando josemaria anamaria marianela juanpablo juanjose josemiguel joseluis
        miguelangel garcia gonzalez rodriguez fernandez lopez martinez sanchez perez gomez ruiz diaz hernandez
        ramirez torres flores rivera vargas castillo jimenez moreno romero gutierrez mendoza ortiz morales cruz
        reyes rojas castro michael jennifer ashley nicole daniella thomas robert joseph john johnny james jordan
        charlie andrew anthony joshua matthew william george hannah amy anna jenny justin kevin brian bryan brandon
        alex alexis alexander alexandra chris cindy tony bob bobby jack harry henry
        """

    private static let places = """
        mexico mexicano mexicana mexicolindo vivamexico colombia colombiano colombiana colombialinda argentina
        argentino chile chileno peru peruano ecuador venezuela bolivia paraguay uruguay brasil brazil panama
        costarica guatemala honduras elsalvador nicaragua cuba puertorico dominicana espana espania spain america
        latinoamerica usa canada europa francia italia alemania inglaterra england germany france london londres
        paris roma newyork nuevayork california texas miami bogota medellin cali barranquilla cartagena santamarta
        bucaramanga pereira manizales cucuta ibague villavicencio pasto neiva armenia antioquia cundinamarca valle
        caldas boyaca monterrey guadalajara puebla tijuana leon queretaro merida cancun toluca juarez chihuahua
        sonora sinaloa culiacan hermosillo saltillo torreon durango zacatecas aguascalientes morelia michoacan
        guanajuato oaxaca chiapas tabasco veracruz xalapa acapulco guerrero morelos cuernavaca hidalgo pachuca
        tlaxcala yucatan campeche jalisco colima nayarit tepic cdmx lima quito guayaquil caracas santiago valparaiso
        buenosaires cordoba rosario mendoza montevideo asuncion lapaz madrid barcelona sevilla valencia zaragoza
        malaga bilbao murcia
        """

    private static let football = """
        futbol football soccer gol goles golazo balon pelota campeon campeones champion champions campeonato mundial
        clubamerica aguilas chivas cruzazul pumas tigres rayados santoslaguna atlas necaxa pachuca toluca tuzos
        xolos seleccion tricolor nacional atleticonacional verdolaga millonarios millos santafe americadecali
        deportivocali junior tolima once oncecaldas independiente medallo envigado boca bocajuniors river riverplate
        racing sanlorenzo colocolo universitario alianza penarol barca barcelona fcbarcelona visca realmadrid hala
        halamadrid atletico atleti juventus milan inter bayern psg liverpool arsenal chelsea manchester messi
        leomessi ronaldo cristiano ronaldinho neymar maradona pele falcao jamesrodriguez chicharito cuauhtemoc
        beisbol baseball yankees lakers cowboys basket basketball baloncesto hockey tenis tennis ciclismo golf boxeo
        nascar ferrari
        """

    private static let things = """
        perro perrito perra gato gatito gata gatita caballo leon tigre oso osito lobo aguila delfin conejo pollo
        pollito pato raton mariposa mono pajaro paloma panda toro vaca pez tiburon serpiente arana abeja dog cat
        kitty puppy tiger lion bear wolf eagle monkey dragon dragons horse dolphin butterfly shark falcon phoenix
        fenix spider bailey buddy max rocky toby firulais pelusa canela chispa nina luna lunita sol estrella
        estrellita star stars sunshine moon sun mar oceano playa montana rio lluvia nieve fuego agua tierra aire
        viento trueno relampago thunder storm fire water flower flowers flores margaritas rosas tulipan girasol
        arcoiris rainbow summer verano winter invierno primavera otono rojo roja azul verde amarillo amarilla negro
        blanca blanco morado naranja rosado gris cafe red blue green yellow black white orange purple pink silver
        gold golden oro plata diamante diamond cristal manzana banana platano pina fresa fresita limon uva mango
        sandia chocolate galleta galletas cookie cookies caramelo helado pizza taco tacos queso arepa cerveza
        tequila mezcal whisky ron vino coca cocacola pepsi pan peanut pepper ginger cheese coffee chicken casa
        casita hogar home house carro coche auto moto bicicleta camion avion barco tren puerta ventana mesa silla
        cama libro lapiz telefono celular computadora computador ordenador computer laptop internet dinero money
        plata peso pesos millonario suerte lucky poder power musica music guitarra guitar piano rock metal salsa
        cumbia vallenato reggaeton banda cancion escuela colegio universidad school college estudiante student
        profesor doctor medico abogado ingeniero ingeniera
        """

    private static let beliefs = """
        dios diosmio diosesamor diosesfiel diosconmigo jesus jesucristo cristo cristovive jesusteama jesuschrist
        christ god godisgood virgen virgencita guadalupe virgendeguadalupe angeles angelito angelita angels angelo
        santo santa bendicion bendiciones bendecida bendecido blessed blessing gloria adios fe esperanza faith hope
        paz peace grace gracia milagro destiny destino alma espiritu cielo heaven hell infierno diablo demonio satan
        lucifer muerte santamuerte death biblia salmo iglesia church amen aleluya libertad freedom fortaleza aries
        tauro geminis cancer virgo libra escorpio scorpio sagitario capricornio acuario piscis
        """

    private static let play = """
        superman batman spiderman ironman hulk thor marvel avengers joker starwars skywalker yoda matrix neo trinity
        harrypotter hogwarts gandalf frodo pokemon pikachu naruto sasuke goku vegeta dragonball gohan mario luigi
        zelda link sonic minecraft fortnite roblox freefire callofduty halo xbox playstation nintendo gamer games
        juego juegos gaming hunter killer ninja samurai pirate pirata warrior guerrero soldier sniper ranger rangers
        shadow sombra ghost hacker wizard magic magia merlin hellokitty snoopy garfield simpson homero bart barbie
        disney mickey minnie tinkerbell stitch winnie pooh tweety piolin bugsbunny scooby scoobydoo elmo google
        facebook instagram whatsapp youtube twitter tiktok netflix spotify hotmail gmail yahoo outlook microsoft
        windows linux ubuntu debian android iphone apple samsung galaxy nokia motorola huawei xiaomi sony toyota
        nissan honda ford chevrolet mazda mustang camaro corvette porsche mercedes yamaha harley kawasaki metallica
        nirvana slipknot eminem shakira selena rihanna beyonce maluma karol badbunny rbd blink greenday linkinpark
        beatles
        """

    private static let calendar = """
        enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre january
        february march april june july august september october november december lunes martes miercoles jueves
        viernes sabado domingo monday tuesday wednesday thursday friday saturday sunday navidad feliznavidad
        christmas pascua halloween cumpleanos birthday aniversario anonuevo primavera verano otono invierno spring
        autumn hoy ayer manana today tomorrow siglo fecha
        """

    private static let office = """
        empresa company negocio business oficina office trabajo work jefe boss gerente gerencia manager director
        direccion ventas sales compras contabilidad contador contadora nomina nominas factura facturas facturacion
        facturar cfdi sat dian timbrado impuestos tesoreria finanzas cobranza almacen inventario logistica bodega
        recursoshumanos rrhh recepcion secretaria asistente consultor proyecto proyectos producto servicio servicios
        servidor server servers produccion desarrollo desarrollador developer develop dev programador programa
        software hardware base datos basededatos database oracle mysql postgres sqlserver sqlite cisco router wifi
        red redes network backup respaldo cloud nube web pagina website portal plataforma aplicacion app informatica
        tecnologia tecnico tecnica tech it monitor impresora printer reporte reportes reunion agenda archivo
        archivos documento mantenimiento gobierno municipio alcaldia banco bancos credito tarjeta efectivo
        """

    private static let profane = """
        mierda puta puto putamadre pendejo pendeja cabron cabrona chinga chingada chingatumadre verga culo culos
        joder cono carajo pinche huevos marica maricon malparido gonorrea hijueputa hijodeputa idiota estupido
        estupida tonto tonta loco loca locura fuck fucker fuckyou fuckoff motherfucker asshole shit bitch pussy dick
        sex sexo porno porn xxx
        """

    /// Ways of writing over the keyboard that are no straight line.
    private static let patterns = """
        asd zxc qwe abc xyz abcd asdf qwer zxcv aaa abcabc a1b2c3 a1b2c3d4 a1b2c3d4e5 1a2b3c 1a2b3c4d q1w2e3
        q1w2e3r4 q1w2e3r4t5 1q2w3e 1q2w3e4r 1q2w3e4r5t zaq12wsx zaq1zaq1 zaq1xsw2 1qaz2wsx 1qaz2wsx3edc qazwsx
        qazwsxedc qweasd qweasdzxc qwaszx 1qazxsw2 123qwe qwe123 asd123 abc123 123abc 112233 11223344 1122334455
        121212 123321 1234321 123454321 12344321 123123 159357 159753 147258 147258369 258456 741852 741852963
        789456 789456123 963852741 987654 102030 10203040 1020304050 010203 246810 13579 314159 3141592 31415926
        520520 5201314 007 696969
        """
}
